package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.metrics.Metrics;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a unit's result says of the objective. */
final class Objectives {
    private Objectives() {}

    /** After each epoch that the unit trained; of folds, the scored rows are looked at only at the end, and that counts for all of them. Empty if there is no such metric. */
    static Optional<double[]> values(Objective objective, UnitResult result) {
        List<EpochReport> history = result.history();
        double[] values = new double[history.size()];
        if (objective.measured() == Measured.MEAN) {
            OptionalDouble value = value(Optional.ofNullable(result.metrics().get(Split.TEST)), objective);
            Arrays.fill(values, value.orElse(0));
            return value.isPresent() ? Optional.of(values) : Optional.empty();
        }
        for (int i = 0; i < values.length; i++) {
            OptionalDouble value = value(history.get(i).validation(), objective);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values[i] = value.getAsDouble();
        }
        return Optional.of(values);
    }

    private static OptionalDouble value(Optional<Metrics> metrics, Objective objective) {
        return metrics.map(m -> m.value(objective.metric())).orElse(OptionalDouble.empty());
    }
}
