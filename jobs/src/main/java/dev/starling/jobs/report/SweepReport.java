package dev.starling.jobs.report;

import dev.starling.driver.selection.search.EventJson;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepJson;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.Trial;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the report of a sweep shows: its best trial, the way there, what each parameter did, all trials, and why some failed.
 *
 * @param events of its journal
 * @param metrics of the model that the best trial became, where the sweep is finished
 */
record SweepReport(SweepResult result, List<SweepEvent> events, Optional<RunMetrics> metrics) {
    private static final int MOST_TRIALS = 300;

    /** Empty where the run is none of a sweep. */
    static Optional<SweepReport> of(StoredRun run) {
        List<String> journal = run.journal();
        if (journal.isEmpty()) {
            return Optional.empty();
        }
        SweepSpec spec = ExperimentParser.sweep(
                        new ExperimentText(run.experimentPlace(), run.experiment(), "/", List.of(), Map.of()))
                .orElseThrow();
        List<SweepEvent> events = EventJson.parse(journal, spec.space(), run.location() + "/journal.jsonl");
        Optional<RunMetrics> metrics =
                run.metricsText().flatMap(text -> SweepJson.metrics(text, run.location() + "/metrics.json"));
        return Optional.of(new SweepReport(SweepResult.of(spec, events), events, metrics));
    }

    private Objective objective() {
        return result.spec().objective();
    }

    String html() {
        StringBuilder html = new StringBuilder(Html.heading("Sweep"));
        if (metrics.isEmpty()) {
            html.append(Html.paragraph("This sweep is not finished: its best trial has not become a model yet."));
        }
        html.append(Html.paragraph(counts()));
        result.best().ifPresent(best -> html.append(best(best)));
        SweepCharts charts = new SweepCharts(result);
        html.append("<div class=\"charts\">\n").append(charts.bestSoFar(events)).append("</div>\n");
        List<String> parameters = charts.parameters();
        if (!parameters.isEmpty()) {
            html.append(Html.heading("Parameters")).append("<div class=\"charts\">\n");
            parameters.forEach(html::append);
            html.append("</div>\n")
                    .append(Html.paragraph(
                            objective().label() + " of every trial; the best one red, those that ended early pale."));
        }
        html.append(Html.heading("Trials")).append(trials());
        failures().ifPresent(html::append);
        return html.toString();
    }

    private String counts() {
        StringBuilder text = new StringBuilder(result.trials().size() + " trials: ");
        String between = "";
        for (TrialState state : TrialState.values()) {
            int count = result.count(state);
            if (count > 0) {
                text.append(between).append(count).append(' ').append(state.label());
                between = ", ";
            }
        }
        Objective o = objective();
        return text.append("; ")
                .append(o.label())
                .append(o.maximize() ? " is to be large." : " is to be small.")
                .toString();
    }

    private String best(Trial best) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(objective().label(), value(best)));
        rows.add(List.of("epochs", String.valueOf(best.bestEpoch(objective()).orElseThrow())));
        best.point().settings().forEach((path, setting) -> rows.add(List.of(path, setting.label())));
        return Html.heading("Best: trial " + best.number()) + Html.table(List.of(), rows);
    }

    private String value(Trial trial) {
        return trial.state() == TrialState.FAILED || trial.epochs() == 0
                ? ""
                : Html.number(trial.value(objective()).orElseThrow());
    }

    private static boolean isFailed(Trial trial) {
        return trial.state() == TrialState.FAILED;
    }

    /** The best first, those without a result last. */
    private String trials() {
        List<String> paths = result.spec().space().paths();
        List<String> head = new ArrayList<>(List.of("trial", objective().label(), "state", "epochs", "seconds"));
        head.addAll(paths);
        List<Trial> sorted = result.trials().stream()
                .filter(Predicate.not(SweepReport::isFailed))
                .sorted(Comparator.comparingDouble(t -> t.value(objective()).stream()
                        .map(objective()::loss)
                        .findFirst()
                        .orElse(Double.MAX_VALUE)))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (Trial trial : sorted.subList(0, Math.min(MOST_TRIALS, sorted.size()))) {
            List<String> row = new ArrayList<>(List.of(
                    String.valueOf(trial.number()),
                    value(trial),
                    trial.state().label(),
                    String.valueOf(trial.epochs()),
                    Html.number(trial.seconds())));
            paths.forEach(path -> row.add(label(trial, path)));
            rows.add(row);
        }
        String more = sorted.size() > MOST_TRIALS
                ? Html.paragraph("The best " + MOST_TRIALS + " of " + sorted.size() + "; trials.csv has all.")
                : "";
        return Html.table(head, rows) + more;
    }

    private static String label(Trial trial, String path) {
        Setting setting = trial.point().settings().get(path);
        return setting == null ? "" : setting.label();
    }

    private Optional<String> failures() {
        List<List<String>> rows = result.trials().stream()
                .filter(SweepReport::isFailed)
                .limit(MOST_TRIALS)
                .map(t -> List.of(String.valueOf(t.number()), t.cause().orElse(""), settings(t)))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Html.heading("Failed trials") + Html.table(List.of("trial", "cause", "point"), rows));
    }

    private static String settings(Trial trial) {
        StringBuilder text = new StringBuilder();
        trial.point()
                .settings()
                .forEach((path, setting) ->
                        text.append(path).append('=').append(setting.label()).append("  "));
        return text.toString().strip();
    }
}
