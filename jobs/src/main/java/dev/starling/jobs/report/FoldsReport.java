package dev.starling.jobs.report;

import dev.starling.driver.selection.crossvalidation.Comparison.Difference;
import dev.starling.driver.selection.crossvalidation.CrossValidationJson;
import dev.starling.driver.selection.crossvalidation.CrossValidationJson.Stored;
import dev.starling.driver.selection.crossvalidation.CrossValidationJson.StoredComparison;
import dev.starling.driver.selection.crossvalidation.EnsembleJson;
import dev.starling.driver.selection.crossvalidation.Summary.Interval;
import dev.starling.driver.selection.sweep.NestedJson;
import dev.starling.driver.selection.sweep.NestedJson.Chosen;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.StoredRun;
import dev.starling.worker.data.Split;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the report of a cross-validation shows: mean and spread, every fold, what is pooled, the folds' curves, and a comparison where there is one.
 *
 * @param chosen by the search inside each fold; empty where there was none
 * @param histories of the folds, the first ones
 */
record FoldsReport(
        Stored metrics, List<Chosen> chosen, List<RunHistory> histories, Optional<StoredComparison> comparison) {
    private static final int MOST_CURVES = 20;
    private static final Map<Split, String> COLORS = Map.of(Split.TRAIN, "#2563a8", Split.VALIDATION, "#d9822b");

    /** Empty where the run is none of a cross-validation, or not that far. */
    static Optional<FoldsReport> of(StoredRun run) {
        return run.metricsText().flatMap(CrossValidationJson::parse).map(stored -> {
            List<RunHistory> histories = new ArrayList<>();
            for (int i = 0; i < Math.min(MOST_CURVES, stored.folds().size()); i++) {
                run.part("folds/" + (i + 1)).history().ifPresent(histories::add);
            }
            List<Chosen> chosen = NestedJson.chosen(run.metricsText().orElseThrow(), run.location() + "/metrics.json");
            return new FoldsReport(
                    stored, chosen, histories, run.comparisonText().map(CrossValidationJson::parseComparison));
        });
    }

    String html() {
        StringBuilder html = new StringBuilder(Html.heading("Cross-validation")).append(summary());
        html.append(Html.paragraph(
                "The interval holds the mean with 95% and is corrected for folds that share training rows"
                        + " (Nadeau and Bengio 2003)."));
        metrics.ensemble().ifPresent(ensemble -> html.append(ensemble(ensemble)));
        comparison.ifPresent(other -> html.append(difference(other)));
        html.append(Html.heading("Folds")).append(folds());
        if (!chosen.isEmpty()) {
            html.append(Html.heading("Chosen inside each fold")).append(choices());
        }
        String all = metrics.ensemble().isPresent() ? "out-of-bag means" : "out-of-fold predictions";
        metrics.pooled().ifPresent(table -> html.append(Html.heading("Confusion over all " + all))
                .append(ConfusionMatrix.html(table)));
        metrics.roc().ifPresent(roc -> html.append(Html.heading("ROC over all " + all))
                .append(RocChart.svg(roc)));
        if (!histories.isEmpty()) {
            html.append(curves());
        }
        return html.toString();
    }

    private String summary() {
        List<List<String>> rows = new ArrayList<>();
        metrics.mean().forEach((metric, mean) -> {
            Interval interval = metrics.interval().get(metric);
            rows.add(List.of(
                    metric,
                    Html.number(mean),
                    metrics.std().containsKey(metric)
                            ? Html.number(metrics.std().get(metric))
                            : "",
                    interval == null ? "" : Html.number(interval.low()) + " to " + Html.number(interval.high())));
        });
        return Html.table(List.of("", "mean", "std over folds", "95% interval"), rows);
    }

    private static String ensemble(EnsembleJson.Stored ensemble) {
        Set<String> names = new LinkedHashSet<>();
        ensemble.parts().values().forEach(values -> names.addAll(values.keySet()));
        List<String> head = new ArrayList<>(List.of(""));
        names.forEach(name -> head.add(name.equals("bias2") ? "bias²" : name));
        List<List<String>> rows = new ArrayList<>();
        ensemble.parts().forEach((part, values) -> {
            List<String> row = new ArrayList<>(List.of(part.equals("outOfBag") ? "out of bag" : part));
            names.forEach(name -> row.add(
                    name.equals("rows")
                            ? String.valueOf(Math.round(values.get(name)))
                            : Html.number(values.getOrDefault(name, Double.NaN))));
            rows.add(row);
        });
        return Html.heading("Ensemble of " + ensemble.models() + " models of bootstrap samples")
                + Html.table(head, rows)
                + Html.paragraph(
                        "Metrics are those of the models' mean: out of bag, of the models that did not learn from"
                                + " a row. error = bias² + variance is the mean squared error of single models; bias² is the"
                                + " squared error of their mean and holds the noise of the targets. For classes, of probabilities.");
    }

    private static String difference(StoredComparison other) {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, Difference> entry : other.comparison().metrics().entrySet()) {
            Difference d = entry.getValue();
            rows.add(List.of(
                    entry.getKey(),
                    Html.number(d.mean()),
                    Html.number(d.interval().low()) + " to "
                            + Html.number(d.interval().high()),
                    Html.number(d.t()),
                    Html.number(d.p())));
        }
        return Html.heading("Less " + other.against() + ", fold by fold")
                + Html.table(List.of("", "difference", "95% interval", "t", "p"), rows)
                + Html.paragraph(
                        "The corrected resampled t-test: p is how likely chance alone gives a difference as large.");
    }

    private String folds() {
        Set<String> names = new LinkedHashSet<>(metrics.folds().get(0).keySet());
        List<String> head = new ArrayList<>(List.of("fold"));
        head.addAll(names);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < metrics.folds().size(); i++) {
            List<String> row = new ArrayList<>(List.of(String.valueOf(i + 1)));
            Map<String, Double> values = metrics.folds().get(i);
            names.forEach(name -> row.add(Html.number(values.getOrDefault(name, Double.NaN))));
            rows.add(row);
        }
        return Html.table(head, rows);
    }

    /** The value inside the fold beside what the fold's own rows say of it. */
    private String choices() {
        Set<String> paths = new LinkedHashSet<>();
        chosen.forEach(each -> paths.addAll(each.params().keySet()));
        List<String> head =
                new ArrayList<>(List.of("fold", chosen.get(0).objective() + " inside", "trial", "of", "epochs"));
        head.addAll(paths);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            Chosen each = chosen.get(i);
            List<String> row = new ArrayList<>(List.of(
                    String.valueOf(i + 1),
                    Html.number(each.value()),
                    String.valueOf(each.trial()),
                    String.valueOf(each.trials()),
                    String.valueOf(each.epochs())));
            paths.forEach(path -> row.add(each.params().getOrDefault(path, "")));
            rows.add(row);
        }
        return Html.table(head, rows)
                + Html.paragraph("The value inside is that of the best of many and so optimistic; the folds' own rows,"
                        + " above, were read by nothing that chose.");
    }

    private String curves() {
        StringBuilder html = new StringBuilder(Html.heading("Curves")).append("<div class=\"charts\">\n");
        for (String metric : histories.get(0).metrics()) {
            List<LineChart.Line> lines = new ArrayList<>();
            for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
                String name = split.label();
                for (RunHistory history : histories) {
                    List<LineChart.Point> points = history.of(split, metric).stream()
                            .map(entry -> new LineChart.Point(entry.epoch(), entry.value()))
                            .toList();
                    if (!points.isEmpty()) {
                        lines.add(new LineChart.Line(name, COLORS.get(split), points));
                        name = "";
                    }
                }
            }
            html.append(new LineChart(metric, lines).svg());
        }
        return html.append("</div>\n")
                .append(Html.paragraph("A line per fold, of the first " + histories.size() + "."))
                .toString();
    }
}
