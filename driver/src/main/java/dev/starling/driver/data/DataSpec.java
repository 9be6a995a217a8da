package dev.starling.driver.data;

import dev.starling.worker.data.Scale;
import java.util.List;
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

    /** The same with columns of its CSV sources that are no features, whatever {@code features} says of all. */
    public DataSpec withAside(List<String> columns) {
        return new DataSpec(
                description,
                aside(train, columns),
                test.map(held -> aside(held, columns)),
                validation.map(held -> aside(held, columns)),
                scale,
                targetScale,
                targetIsInput);
    }

    private static SourceSpec aside(SourceSpec source, List<String> columns) {
        return source instanceof SourceSpec.Csv csv ? csv.withAside(columns) : source;
    }

    private static HeldOut aside(HeldOut held, List<String> columns) {
        return held instanceof HeldOut.Source source ? new HeldOut.Source(aside(source.source(), columns)) : held;
    }

    public sealed interface HeldOut {
        /** @param fraction in (0, 1) */
        record Fraction(double fraction) implements HeldOut {}

        record Source(SourceSpec source) implements HeldOut {}
    }
}
