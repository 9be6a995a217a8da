package dev.starling.jobs.command;

import dev.starling.driver.selection.crossvalidation.Comparison;
import dev.starling.driver.selection.crossvalidation.CrossValidation;
import dev.starling.driver.selection.crossvalidation.CrossValidation.Settings;
import dev.starling.driver.selection.crossvalidation.CrossValidationJson;
import dev.starling.driver.selection.crossvalidation.CrossValidationListener;
import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.crossvalidation.CrossValidationSpec;
import dev.starling.driver.selection.crossvalidation.FoldResult;
import dev.starling.driver.selection.crossvalidation.GangFolds;
import dev.starling.driver.selection.crossvalidation.StoredFolds;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.sweep.NestedJson;
import dev.starling.driver.selection.sweep.NestedListener;
import dev.starling.driver.selection.sweep.NestedResult;
import dev.starling.driver.selection.sweep.NestedSweep;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.progress.FoldLines;
import dev.starling.jobs.progress.NestedLines;
import dev.starling.jobs.progress.Screen;
import dev.starling.jobs.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Runs what a cross-validation's directory lacks, and finishes it: for {@code cross-validate}, which lacks everything, and for {@code resume}. */
record FoldRuns(Cluster cluster, Experiment experiment, Optional<Experiment> other, Screen screen) {
    private static final String OWN = "folds";
    private static final String OTHER = "against/folds";

    /** @param start of the job, for its time */
    void finish(FoldData one, RunDirectory run, Provenance origin, Instant start) {
        other.ifPresent(two -> requireSameFolds(one, two));
        NestedResult nested = folds(experiment, one, run, OWN);
        CrossValidationResult result = nested.folds();
        run.writePredictions(stored(experiment, one, run, OWN).predictions(result));
        if (other.isPresent()) {
            compare(result, other.get(), run);
        }
        double seconds = Duration.between(start, Instant.now()).toNanos() / 1e9;
        run.writeMetrics(NestedJson.write(nested, seconds));
        ProvenanceOf.end(result).ifPresent(end -> run.writeProvenance(origin.finished(end)));
        run.writeReport(Report.of(run.stored()).html());
        run.commit();
        String label = other.isPresent() ? experiment.name() : "";
        FoldLines.ending(result, experiment.metrics(), label).forEach(screen::line);
        FoldLines.ensemble(result, experiment.metrics()).forEach(screen::line);
    }

    /** Before anything is trained. The other data are opened again when it is their turn, so that both need not lie in memory at once. */
    private void requireSameFolds(FoldData one, Experiment two) {
        try (FoldData data = FoldData.open(cluster, two, experiment)) {
            Comparison.requireSameFolds(one.plan(), data.plan());
        }
    }

    private void compare(CrossValidationResult result, Experiment two, RunDirectory run) {
        try (FoldData data = FoldData.open(cluster, two, experiment)) {
            screen.line("against " + two.name());
            CrossValidationResult second = folds(two, data, run, OTHER).folds();
            Comparison comparison = Comparison.of(result, second);
            run.writeComparison(CrossValidationJson.write(comparison, two.name()));
            FoldLines.ending(second, two.metrics(), "against " + two.name()).forEach(screen::line);
            FoldLines.comparison(comparison, experiment.name(), two.name(), experiment.metrics())
                    .forEach(screen::line);
        }
    }

    private StoredFolds stored(Experiment of, FoldData data, RunDirectory run, String folder) {
        return new StoredFolds(run.stored(), folder, data.plan(), data.data().classes(), of.metrics());
    }

    private NestedResult folds(Experiment of, FoldData data, RunDirectory run, String folder) {
        StoredFolds store = stored(of, data, run, folder);
        CrossValidationSpec spec = FoldData.spec(experiment);
        SortedMap<Integer, FoldResult> done = store.read();
        Settings settings = new Settings(
                spec.nested(),
                spec.keepModels() ? store.models() : "",
                of.faults().retries(),
                Integer.MAX_VALUE);
        FoldLines lines = new FoldLines(screen, data.plan(), of.metrics());
        lines.beginning(done.size(), of.replicas().ofFold(), cluster.slots(), spec.nested());
        if (spec.nested() && of.sweep().isPresent()) {
            return searched(
                    of, data, new SearchFiles(run, folder, of.metrics()), settings, done, keeping(store, lines));
        }
        CrossValidationResult result = of.replicas().ofFold() > 1
                ? GangFolds.run(
                        cluster.context(),
                        data.data(),
                        data.plan(),
                        of.recipe(),
                        settings,
                        of.replicas().ofFold(),
                        done,
                        keeping(store, lines))
                : CrossValidation.run(
                        cluster.context(),
                        data.data(),
                        data.plan(),
                        of.recipe(),
                        settings,
                        done,
                        keeping(store, lines));
        return new NestedResult(result, List.of());
    }

    private static CrossValidationListener keeping(StoredFolds store, FoldLines lines) {
        return new CrossValidationListener() {
            @Override
            public void finished(FoldResult fold) {
                store.write(fold);
                lines.finished(fold);
            }

            @Override
            public void failed(int fold, UnitFailure failure) {
                lines.failed(fold, failure);
            }
        };
    }

    private NestedResult searched(
            Experiment of,
            FoldData data,
            SearchFiles files,
            Settings settings,
            SortedMap<Integer, FoldResult> done,
            CrossValidationListener keeping) {
        GangFolds.requireOneReplica(of.replicas().ofFold());
        SweepSpec sweep = of.sweep().orElseThrow();
        NestedSweep.Setup setup =
                new NestedSweep.Setup(data.plan(), sweep, of.training().epochs(), point -> ExperimentParser.trial(
                                of.resolved(), point.overrides())
                        .recipe());
        try (NestedLines lines = new NestedLines(screen, data.plan(), sweep, done.size())) {
            return NestedSweep.run(
                    cluster.context(), data.data(), setup, settings, done, files, telling(files, keeping, lines));
        }
    }

    private static NestedListener telling(SearchFiles files, CrossValidationListener keeping, NestedLines lines) {
        return new NestedListener() {
            @Override
            public void happened(int fold, SweepEvent event) {
                lines.happened(fold, event);
            }

            @Override
            public void chosen(int fold, SweepResult search) {
                files.writeTrials(fold, search);
                lines.chosen(fold, search);
            }

            @Override
            public void finished(FoldResult fold) {
                keeping.finished(fold);
                lines.ended(fold.index());
            }

            @Override
            public void failed(int fold, UnitFailure failure) {
                keeping.failed(fold, failure);
                lines.ended(fold);
            }
        };
    }

    /** A wrong input, found late, stores nothing; a run that failed keeps its folds, and is never committed. */
    static void keepOrDiscard(RunDirectory run, Screen screen, Exception failure) {
        try {
            if (Failure.isWrongInput(failure)) {
                run.discard();
            } else {
                screen.line("the run is not finished; what it had: " + run.location());
            }
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }
}
