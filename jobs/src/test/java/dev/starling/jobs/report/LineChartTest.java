package dev.starling.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.jobs.report.LineChart.Line;
import dev.starling.jobs.report.LineChart.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {
    /** The drawing area is x 56…446 and y 240…34; the axes run from 1 to 3 and from 0 to 1. */
    @Test
    void placesPointsOnTheAxes() {
        Line line = new Line("train", "#123456", List.of(new Point(1, 0), new Point(2, 0.5), new Point(3, 1)));
        assertThat(new LineChart("accuracy", List.of(line)).svg())
                .contains(
                        "stroke=\"#123456\" stroke-width=\"2\" stroke-linejoin=\"round\" points=\"56.0,240.0 251.0,137.0 446.0,34.0\"")
                .contains(">accuracy</text>")
                .contains(">train</text>")
                .contains(">epoch</text>");
    }

    @Test
    void leavesOutWhatIsNotANumber() {
        Line line = new Line("train", "#123456", List.of(new Point(1, 1), new Point(2, Double.NaN), new Point(3, 0)));
        assertThat(new LineChart("loss", List.of(line)).svg())
                .doesNotContain("NaN")
                .contains("56.0,34.0 446.0,240.0");
    }

    @Test
    void drawsEvenIfNothingCanBeDrawn() {
        Line none = new Line("train", "#123456", List.of(new Point(1, Double.POSITIVE_INFINITY)));
        assertThat(new LineChart("loss", List.of(none)).svg())
                .startsWith("<svg")
                .endsWith("</svg>\n");
    }

    @Test
    void escapesNames() {
        assertThat(new LineChart("<loss>", List.of(new Line("a&b", "red", List.of(new Point(1, 1))))).svg())
                .contains("&lt;loss&gt;")
                .contains("a&amp;b")
                .doesNotContain("<loss>");
    }
}
