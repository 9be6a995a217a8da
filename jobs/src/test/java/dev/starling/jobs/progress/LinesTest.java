package dev.starling.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.training.ProgressListener.RoundProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static Map<String, Double> metrics(double loss, double accuracy) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss);
        metrics.put("accuracy", accuracy);
        return metrics;
    }

    @Test
    void anEpochTellsBothSplitsAndTheRate() {
        assertThat(Lines.epoch(3, 25, metrics(0.12345, 0.9612), metrics(1.5, 0.5), 12345.6))
                .isEqualTo(
                        "epoch  3/25  train loss 0.1235 accuracy 0.9612  validation loss 1.5000 accuracy 0.5000  12,346 examples/s");
    }

    @Test
    void anEpochWithoutValidationTellsTrainAlone() {
        assertThat(Lines.epoch(1, 5, metrics(1e-5, 1), Map.of(), 9))
                .isEqualTo("epoch 1/5  train loss 1.00e-05 accuracy 1.0000  9 examples/s");
    }

    @Test
    void theBarTellsEpochRoundRateLossAndTimeLeft() {
        // 9 epochs of 1,000 examples less the 750 that are done, at 110 a second.
        assertThat(Lines.bar(new RoundProgress(2, 10, 30, 40, 750, 1000, 0.5, 110)))
                .isEqualTo("epoch 2/10 [===============>    ] 30/40  110 ex/s  loss 0.5000  1:15 left");
        assertThat(Lines.bar(new RoundProgress(2, 10, 40, 40, 1000, 1000, 0.5, 0)))
                .isEqualTo("epoch 2/10 [====================] 40/40  0 ex/s  loss 0.5000");
    }

    @Test
    void theBarFitsATerminalEvenWithLargeNumbers() {
        RoundProgress large = new RoundProgress(100, 100, 1000, 1000, 0, 4_000_000_000L, 12.3456, 123456.7);
        assertThat(Lines.bar(large)).hasSizeLessThan(80).contains("[=");
    }

    @Test
    void durationsAreClocks() {
        assertThat(Lines.duration(0.4)).isEqualTo("0:00");
        assertThat(Lines.duration(754.6)).isEqualTo("12:35");
        assertThat(Lines.duration(3723)).isEqualTo("1:02:03");
    }
}
