package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Point;
import java.util.List;

/**
 * What a sampler may learn from.
 *
 * @param told results, in the order of the trials' numbers, all measured at the same number of epochs
 * @param running points whose result is not known yet
 */
public record Knowledge(List<Observation> told, List<Point> running) {
    public static final Knowledge NOTHING = new Knowledge(List.of(), List.of());

    public Knowledge {
        told = List.copyOf(told);
        running = List.copyOf(running);
    }

    /**
     * A result.
     *
     * @param loss smaller is better; infinite for a trial that failed
     */
    public record Observation(Point point, double loss) {}
}
