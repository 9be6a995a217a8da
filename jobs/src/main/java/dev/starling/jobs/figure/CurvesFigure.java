package dev.starling.jobs.figure;

import dev.starling.driver.store.RunHistory;
import dev.starling.worker.data.Split;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;

/** Metrics over epochs, a chart each, side by side. */
final class CurvesFigure {
    private CurvesFigure() {}

    /** Of one training: a line per split. */
    static byte[] png(RunHistory history) {
        List<XYChart> charts = new ArrayList<>();
        for (String metric : history.metrics()) {
            XYChart chart = Chart.empty(metric, "epoch", metric);
            for (Split split : Split.values()) {
                line(chart, split.label(), history.of(split, metric), Chart.color(split));
            }
            charts.add(chart);
        }
        return Chart.png(charts);
    }

    /**
     * Of several trainings: a line each, and a chart for each split.
     *
     * @param histories by what tells them apart, in their order
     * @param metric of which
     */
    static byte[] png(Map<String, RunHistory> histories, String metric) {
        List<XYChart> charts = new ArrayList<>();
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            XYChart chart = Chart.empty(split.label(), "epoch", metric);
            int number = 0;
            for (Map.Entry<String, RunHistory> history : histories.entrySet()) {
                line(chart, history.getKey(), history.getValue().of(split, metric), Chart.color(number++));
            }
            if (!chart.getSeriesCollection().isEmpty()) {
                charts.add(chart);
            }
        }
        return Chart.png(charts);
    }

    /** Values that are no numbers end a line: training that grew without bound. */
    private static void line(XYChart chart, String name, List<RunHistory.Entry> entries, Color color) {
        List<RunHistory.Entry> drawn =
                entries.stream().filter(e -> Double.isFinite(e.value())).toList();
        if (!drawn.isEmpty()) {
            Chart.line(
                    chart,
                    name,
                    drawn.stream().mapToDouble(RunHistory.Entry::epoch).toArray(),
                    drawn.stream().mapToDouble(RunHistory.Entry::value).toArray(),
                    color);
        }
    }
}
