package dev.starling.jobs.command;

import dev.starling.driver.selection.crossvalidation.CrossValidationJson;
import dev.starling.driver.selection.search.SweepJson;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.StoredRun;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Split;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** The table that {@code runs} prints: name, whether finished, and the metrics of the split that says most. */
final class RunList {
    private RunList() {}

    static void print(SharedOptions options, Surroundings surroundings) {
        List<StoredRun> runs =
                Runs.store(options, surroundings, new Configuration()).runs();
        PrintStream out = surroundings.out();
        int width = runs.stream().mapToInt(run -> run.name().length()).max().orElse(0);
        for (StoredRun run : runs) {
            String state = run.finished() ? "finished" : "unfinished";
            out.println(String.format(Locale.ROOT, "%-" + width + "s  %-10s  %s", run.name(), state, metrics(run))
                    .stripTrailing());
        }
    }

    /** One run that cannot be read is told in its own line, so that the others can be seen. */
    private static String metrics(StoredRun run) {
        try {
            return run.metrics()
                    .map(RunList::metrics)
                    .or(() -> run.metricsText()
                            .flatMap(CrossValidationJson::parse)
                            .map(RunList::folds))
                    .or(() -> sweep(run))
                    .orElse("");
        } catch (InvalidInput e) {
            return e.getMessage();
        }
    }

    private static Optional<String> sweep(StoredRun run) {
        return run.metricsText()
                .flatMap(text -> SweepJson.metrics(text, run.location() + "/metrics.json"))
                .map(metrics -> "sweep  " + metrics(metrics));
    }

    private static String folds(CrossValidationJson.Stored stored) {
        return stored.mean().entrySet().stream()
                .map(value -> String.format(Locale.ROOT, "%s %.4f", value.getKey(), value.getValue()))
                .collect(Collectors.joining("  ", stored.folds().size() + " folds  ", ""));
    }

    private static String metrics(RunMetrics metrics) {
        if (metrics.splits().isEmpty()) {
            return "";
        }
        Split shown = metrics.splits().lastKey();
        Map<String, Double> values = metrics.splits().get(shown).values();
        return values.entrySet().stream()
                .map(value -> String.format(Locale.ROOT, "%s %.4f", value.getKey(), value.getValue()))
                .collect(Collectors.joining("  ", shown.label() + "  ", ""));
    }
}
