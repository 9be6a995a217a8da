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
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.progress.FoldLines;
import dev.starling.jobs.progress.Screen;
import dev.starling.jobs.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** Runs what a cross-validation's directory lacks, and finishes it: for {@code cross-validate}, which lacks everything, and for {@code resume}. */
record FoldRuns(Cluster cluster, Experiment experiment, Optional<Experiment> other, Screen screen) {
    private static final String OWN = "folds";
    private static final String OTHER = "against/folds";

    /** @param start of the job, for its time */
    void finish(FoldData one, RunDirectory run, Provenance origin, Instant start) {
        other.ifPresent(two -> requireSameFolds(one, two));
        CrossValidationResult result = folds(experiment, one, run, OWN);
        run.writePredictions(stored(experiment, one, run, OWN).predictions(result));
        if (other.isPresent()) {
            compare(result, other.get(), run);
        }
        double seconds = Duration.between(start, Instant.now()).toNanos() / 1e9;
        run.writeMetrics(CrossValidationJson.write(result, seconds));
        ProvenanceOf.end(result).ifPresent(end -> run.writeProvenance(origin.finished(end)));
        run.writeReport(Report.of(run.stored()).html());
        run.commit();
        String label = other.isPresent() ? experiment.name() : "";
        FoldLines.ending(result, experiment.metrics(), label).forEach(screen::line);
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
            CrossValidationResult second = folds(two, data, run, OTHER);
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

    private CrossValidationResult folds(Experiment of, FoldData data, RunDirectory run, String folder) {
        StoredFolds store = stored(of, data, run, folder);
        CrossValidationSpec spec = FoldData.spec(experiment);
        SortedMap<Integer, FoldResult> done = store.read();
        Recipe recipe = of.recipe();
        Settings settings = new Settings(
                spec.nested(),
                spec.keepModels() ? store.models() : "",
                of.faults().retries(),
                Integer.MAX_VALUE);
        FoldLines lines = new FoldLines(screen, data.plan(), of.metrics());
        lines.beginning(done.size(), of.replicas().ofFold(), cluster.slots(), spec.nested());
        CrossValidationListener listener = new CrossValidationListener() {
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
        if (of.replicas().ofFold() > 1) {
            return GangFolds.run(
                    cluster.context(),
                    data.data(),
                    data.plan(),
                    recipe,
                    settings,
                    of.replicas().ofFold(),
                    done,
                    listener);
        }
        return CrossValidation.run(cluster.context(), data.data(), data.plan(), recipe, settings, done, listener);
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
