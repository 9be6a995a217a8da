package dev.starling.jobs.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunHistory.Entry;
import dev.starling.worker.data.Split;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurvesFigureTest {
    private static RunHistory falling(Split split) {
        return new RunHistory(List.of(
                new Entry(1, split, "loss", 1), new Entry(2, split, "loss", 0.5), new Entry(3, split, "loss", 0.25)));
    }

    @Test
    void drawsALineForEachSplitThatWasMeasured() {
        BufferedImage image = Pictures.read(CurvesFigure.png(falling(Split.TRAIN)));

        assertThat(Pictures.count(image, Chart.color(Split.TRAIN))).isGreaterThan(200);
        assertThat(Pictures.count(image, Chart.color(Split.VALIDATION))).isZero();
    }

    @Test
    void metricsStandSideBySide() {
        RunHistory two = new RunHistory(
                List.of(new Entry(1, Split.TRAIN, "loss", 1), new Entry(1, Split.TRAIN, "accuracy", 0.5)));

        assertThat(Pictures.read(CurvesFigure.png(two)).getWidth())
                .isEqualTo(2
                        * Pictures.read(CurvesFigure.png(falling(Split.TRAIN))).getWidth());
    }

    /** A learning rate that is too high leaves infinite losses. */
    @Test
    void valuesThatAreNoNumbersAreLeftOut() {
        Map<String, RunHistory> histories = new LinkedHashMap<>();
        histories.put("low", falling(Split.TRAIN));
        histories.put(
                "high",
                new RunHistory(
                        List.of(new Entry(1, Split.TRAIN, "loss", 1), new Entry(2, Split.TRAIN, "loss", Double.NaN))));

        BufferedImage image = Pictures.read(CurvesFigure.png(histories, "loss"));

        assertThat(Pictures.count(image, Chart.color(0))).isGreaterThan(200);
    }
}
