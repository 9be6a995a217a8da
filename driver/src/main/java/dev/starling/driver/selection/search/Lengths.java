package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.space.Distance;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How long trials take, judged by those that were trained: what an epoch took in the nearest ones, on average. */
final class Lengths {
    private static final int NEAREST = 5;
    private static final int NEWEST = 1000;

    private record Known(double[] place, double secondsPerEpoch) {}

    private record Neighbour(double distance, double secondsPerEpoch) {}

    private final Distance distance;
    private final List<Known> known = new ArrayList<>();

    /** @param trials by their numbers; the newest that were trained count */
    Lengths(Space space, List<Trial> trials) {
        this.distance = new Distance(space);
        for (int i = trials.size() - 1; i >= 0 && known.size() < NEWEST; i--) {
            Trial trial = trials.get(i);
            if (trial.epochs() > 0) {
                known.add(new Known(distance.place(trial.point()), trial.seconds() / trial.epochs()));
            }
        }
    }

    /** On slots, of all parts of a trial together; 0 where nothing is known. */
    double secondsPerEpoch(Point point) {
        double[] place = distance.place(point);
        return known.stream()
                .map(k -> new Neighbour(distance.squared(place, k.place), k.secondsPerEpoch))
                .sorted(Comparator.comparingDouble(Neighbour::distance))
                .limit(NEAREST)
                .mapToDouble(Neighbour::secondsPerEpoch)
                .average()
                .orElse(0);
    }
}
