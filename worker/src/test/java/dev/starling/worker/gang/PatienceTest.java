package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.metrics.Metrics;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static EpochReport report(String metric, double value) {
        Metrics validation = new Metrics(1, Map.of("loss", 0.0, metric, value), Optional.empty());
        return new EpochReport(
                1, new Metrics(1, Map.of("loss", 1.0), Optional.empty()), Optional.of(validation), 1, 0, 0);
    }

    /** Which of the values are better than all before, as 1 and 0, until patience ends. */
    private static String watched(String metric, int patience, double minDelta, double... values) {
        Patience watch = new Patience(new EarlyStopping("validation", metric, patience, minDelta, false));
        StringBuilder seen = new StringBuilder();
        for (double value : values) {
            seen.append(watch.observe(report(metric, value)) ? '1' : '0');
            if (watch.isExhausted()) {
                return seen + " stop";
            }
        }
        return seen.toString();
    }

    @Test
    void aBetterEpochGivesNewPatience() {
        assertThat(watched("rmse", 2, 0, 1.0, 1.1, 0.9, 0.95, 0.8, 0.85, 0.8, 0.1))
                .isEqualTo("1010100 stop");
    }

    @Test
    void accuracyIsBetterWhereItIsLarger() {
        assertThat(watched("accuracy", 2, 0, 0.5, 0.6, 0.7, 0.7, 0.6)).isEqualTo("11100 stop");
    }

    @Test
    void gainsUpToMinDeltaDoNotCount() {
        assertThat(watched("rmse", 3, 0.125, 1.0, 0.9375, 0.875, 0.8125, 0.5)).isEqualTo("10011");
    }

    @Test
    void aValueThatWillNotExistIsInvalid() {
        EarlyStopping noSplit = new EarlyStopping("validation", "loss", 1, 0, false);
        EarlyStopping noMetric = new EarlyStopping("train", "accuracy", 1, 0, false);

        Patience.check(noSplit, Gang.SCORING, true);
        assertThatThrownBy(() -> Patience.check(noSplit, Gang.SCORING, false))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("validation.loss (expected one of the splits train with one of loss, mse");
        assertThatThrownBy(() -> Patience.check(noMetric, Gang.SCORING, true))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("train.accuracy");
    }
}
