package dev.starling.driver.data;

import dev.starling.worker.data.Scale;
import java.util.Optional;

/**
 * Where examples come from and how they are split and scaled.
 *
 * @param description the experiment's {@code data.source}: shown when data are missing
 * @param test a source of its own, or a fraction of train
 * @param validation a source of its own, or a fraction of what is left of train
 * @param targetScale for numeric targets
 * @param targetIsInput the network gives back its input; the sources' target, if any, is ignored
 */
public record DataSpec(
        Optional<String> description,
        SourceSpec train,
        Optional<HeldOut> test,
        Optional<HeldOut> validation,
        Scale scale,
        Scale targetScale,
        boolean targetIsInput) {

    public sealed interface HeldOut {
        /** @param fraction in (0, 1) */
        record Fraction(double fraction) implements HeldOut {}

        record Source(SourceSpec source) implements HeldOut {}
    }
}
