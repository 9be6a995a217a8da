package dev.starling.jobs.command;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.selection.search.SweepJson;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.worker.InvalidInput;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Experiment files as arguments name them, and what they say of places. */
final class Experiments {
    private Experiments() {}

    static ExperimentText text(String file, SharedOptions options, Surroundings surroundings) {
        URI location = surroundings.locate(file);
        ExperimentText text = "file".equals(location.getScheme())
                ? ExperimentText.read(file, options.overrides(), surroundings.environment(), surroundings.folder())
                : RemoteExperiment.text(location, options, surroundings);
        return text.with(new RunOrigins(options, surroundings, Optional.empty()));
    }

    /** Paths in a run's experiment are absolute, so its folder does not matter. */
    static ExperimentText text(StoredRun run, SharedOptions options, Surroundings surroundings) {
        return new ExperimentText(
                run.experimentPlace(),
                run.experiment(),
                surroundings.folder().toString(),
                options.overrides(),
                surroundings.environment(),
                new RunOrigins(options, surroundings, Optional.of(run)));
    }

    /** What the model of a run was trained by: of a sweep, the best trial. */
    static Experiment ofModel(StoredRun run, SharedOptions options, Surroundings surroundings) {
        Experiment experiment = ExperimentParser.stored(text(run, options, surroundings));
        if (experiment.sweep().isEmpty() || run.journal().isEmpty()) {
            return experiment;
        }
        String place = run.location() + "/metrics.json";
        String metrics = run.metricsText()
                .orElseThrow(() -> new InvalidInput(
                        "Cannot use run " + run.location() + ": it holds no metrics.json (expected a finished run)"));
        Point best = SweepJson.best(metrics, experiment.sweep().get().space(), place);
        return ExperimentParser.trial(experiment.resolved(), best.overrides(), experiment.origins());
    }

    /** Paths of the data that lie on a local disk. */
    static List<String> localPaths(DataSpec data) {
        return paths(data).stream()
                .filter(path -> path.startsWith("/") || path.startsWith("file:"))
                .toList();
    }

    /** All paths of the data. */
    static List<String> paths(DataSpec data) {
        List<String> paths = new ArrayList<>(paths(data.train()));
        data.test().ifPresent(test -> paths.addAll(paths(test)));
        data.validation().ifPresent(validation -> paths.addAll(paths(validation)));
        data.unlabelled().ifPresent(source -> paths.addAll(paths(source)));
        data.classEmbeddings().ifPresent(points -> paths.add(points.path()));
        return paths;
    }

    private static List<String> paths(HeldOut heldOut) {
        return heldOut instanceof HeldOut.Source source ? paths(source.source()) : List.of();
    }

    private static List<String> paths(SourceSpec source) {
        if (source instanceof SourceSpec.Csv csv) {
            return List.of(csv.path());
        }
        SourceSpec.Idx idx = (SourceSpec.Idx) source;
        return idx.labels().isEmpty() ? List.of(idx.features()) : List.of(idx.features(), idx.labels());
    }
}
