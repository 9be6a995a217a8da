package dev.starling.jobs.report;

import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.driver.store.StoredRun;
import dev.starling.worker.data.Split;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What {@code report.html} shows.
 *
 * @param name of the run
 * @param experiment the resolved file
 * @param selection HTML of what is particular to a cross-validation or a sweep, where the run is one
 * @param figures PNG files by their names
 */
public record Report(
        String name,
        String experiment,
        Optional<Provenance> provenance,
        Optional<RunHistory> history,
        Optional<RunMetrics> metrics,
        Optional<String> selection,
        SortedMap<String, byte[]> figures) {
    private static final Map<Split, String> COLORS =
            Map.of(Split.TRAIN, "#2563a8", Split.VALIDATION, "#d9822b", Split.TEST, "#3a8f4d");

    /** Of what a run has stored so far. */
    public static Report of(StoredRun run) {
        Optional<SweepReport> sweep = SweepReport.of(run);
        return new Report(
                run.name(),
                run.experiment(),
                run.provenance(),
                run.history(),
                run.metrics().or(() -> sweep.flatMap(SweepReport::metrics)),
                sweep.map(SweepReport::html).or(() -> FoldsReport.of(run).map(FoldsReport::html)),
                run.figures());
    }

    /** One page that loads nothing. */
    public String html() {
        StringBuilder html =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.append("<title>")
                .append(Html.escape(name))
                .append("</title>\n<style>\n")
                .append(ReportStyle.CSS);
        html.append("</style>\n</head>\n<body>\n<h1>").append(Html.escape(name)).append("</h1>\n");
        selection.ifPresent(html::append);
        if (metrics.isEmpty() && selection.isEmpty()) {
            html.append(Html.paragraph("This run is not finished: it has no final metrics."));
        }
        metrics.ifPresent(values -> html.append(summary(values)));
        history.ifPresent(values -> html.append(curves(values)));
        html.append(pictures());
        metrics.ifPresent(values -> html.append(classes(values)));
        html.append(Html.heading("Experiment"))
                .append("<pre>")
                .append(Html.escape(experiment))
                .append("</pre>\n");
        provenance.ifPresent(origin ->
                html.append(Html.heading("Provenance")).append(Html.table(List.of(), ProvenanceTable.rows(origin))));
        return html.append("</body>\n</html>\n").toString();
    }

    private static String summary(RunMetrics metrics) {
        Set<String> names = new LinkedHashSet<>();
        metrics.splits().values().forEach(split -> names.addAll(split.values().keySet()));
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(names);
        List<List<String>> rows = new ArrayList<>();
        metrics.splits().forEach((split, values) -> {
            List<String> row = new ArrayList<>(List.of(split.label()));
            names.forEach(name -> row.add(
                    values.values().containsKey(name)
                            ? Html.number(values.values().get(name))
                            : ""));
            rows.add(row);
        });
        StringBuilder html =
                new StringBuilder(Html.heading("Metrics of the final model")).append(Html.table(head, rows));
        metrics.timing()
                .ifPresent(timing -> html.append(Html.paragraph(String.format(
                        Locale.ROOT,
                        "%.1f s in all, %.1f s of them training, %.2f s averaging (waiting included); %,.0f examples/s.",
                        timing.seconds(),
                        timing.trainingSeconds(),
                        timing.averagingSeconds(),
                        timing.examplesPerSecond()))));
        return html.toString();
    }

    private static String curves(RunHistory history) {
        StringBuilder html = new StringBuilder(Html.heading("Curves")).append("<div class=\"charts\">\n");
        for (String metric : history.metrics()) {
            List<LineChart.Line> lines = new ArrayList<>();
            for (Split split : Split.values()) {
                List<LineChart.Point> points = history.of(split, metric).stream()
                        .map(entry -> new LineChart.Point(entry.epoch(), entry.value()))
                        .toList();
                if (!points.isEmpty()) {
                    lines.add(new LineChart.Line(split.label(), COLORS.get(split), points));
                }
            }
            html.append(new LineChart(metric, lines).svg());
        }
        return html.append("</div>\n")
                .append(
                        Html.paragraph(
                                "Train values are means over the epoch, while the model learns; validation values are of the model at its end."))
                .toString();
    }

    private String pictures() {
        StringBuilder html = new StringBuilder(figures.isEmpty() ? "" : Html.heading("Figures"));
        figures.forEach((title, png) -> html.append("<p><img alt=\"")
                .append(Html.escape(title))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png))
                .append("\"/></p>\n"));
        return html.toString();
    }

    /** Of the split that says most of the model: test, else validation, else train. */
    private static String classes(RunMetrics metrics) {
        Split shown = metrics.splits().lastKey();
        SplitMetrics values = metrics.splits().get(shown);
        return values.classes()
                .map(table -> Html.heading("Confusion on " + shown.label())
                        + ConfusionMatrix.html(table)
                        + Html.heading("Classes on " + shown.label())
                        + Html.table(
                                List.of("class", "precision", "recall", "f1", "support"),
                                table.rows().stream()
                                        .map(row -> List.of(
                                                row.name(),
                                                Html.number(row.precision()),
                                                Html.number(row.recall()),
                                                Html.number(row.f1()),
                                                Long.toString(row.support())))
                                        .toList()))
                .orElse("");
    }
}
