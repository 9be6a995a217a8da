package dev.starling.jobs.command;

import dev.starling.driver.files.Journal;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.search.EventJson;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepJson;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.Trial;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.TrialsCsv;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.sweep.Sweep;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.figure.Figures;
import dev.starling.jobs.progress.Screen;
import dev.starling.jobs.progress.SweepProgress;
import dev.starling.jobs.report.Report;
import dev.starling.worker.data.Split;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.EpochReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A sweep into a run's directory, from where its journal ends: what {@code sweep} and {@code resume} have in common. */
record SweepRun(Experiment experiment, Cluster cluster, SweepData data, RunDirectory run, Screen screen) {
    /** @param start of this job */
    void run(Instant start) {
        SweepSpec spec = experiment.sweep().orElseThrow();
        Sweep.Setup setup =
                new Sweep.Setup(spec, experiment.seed(), experiment.training().epochs(), this::recipe, data.rows());
        SweepPlanner planner = trials(setup);
        run.writeTrials(TrialsCsv.write(spec, planner.trials()));
        Trial best = planner.best()
                .orElseThrow(() -> new TrainingFailed("Cannot tell the best trial: none was trained"
                        + planner.exhausted().map(why -> ", and " + why).orElse("")));
        finish(best, planner, start);
    }

    private SweepPlanner trials(Sweep.Setup setup) {
        SweepSpec spec = setup.spec();
        TrialFiles files = new TrialFiles(run, "", experiment.metrics());
        try (Journal journal = run.openJournal();
                SweepProgress progress =
                        new SweepProgress(screen, spec, experiment.training().epochs())) {
            List<SweepEvent> past = EventJson.parse(journal.past(), spec.space(), run.location() + "/journal.jsonl");
            past.forEach(progress::heard);
            progress.beginning(data.rows(), cluster.slots());
            SweepPlanner planner = Sweep.planner(setup, past, InstantSource.system(), event -> {
                journal.append(EventJson.write(event));
                progress.happened(event);
            });
            try {
                Sweep.run(cluster.context(), data.all(), setup, planner, run.files(), files);
            } finally {
                screen.erase();
                run.writeTrials(TrialsCsv.write(spec, planner.trials()));
            }
            progress.ended(planner);
            return planner;
        }
    }

    private Recipe recipe(Point point) {
        return data.recipe(ExperimentParser.trial(experiment.resolved(), point.overrides(), experiment.origins()));
    }

    private void finish(Trial best, SweepPlanner planner, Instant start) {
        SweepSpec spec = experiment.sweep().orElseThrow();
        int epochs = best.bestEpoch(spec.objective()).orElseThrow();
        Recipe recipe = recipe(best.point());
        Recipe refitted = recipe.with(recipe.training().withEpochs(epochs, List.of()));
        screen.line("trial " + best.number() + " is trained on all but the test rows, for " + epochs
                + (epochs == 1 ? " epoch" : " epochs"));
        UnitResult result = Sweep.refit(
                cluster.context(),
                data.all().get(recipe.data()),
                refitted,
                run.files().uri().toString());
        run.writeHistory(ResultsOf.history(result.history(), experiment.metrics()));
        RunMetrics metrics = metrics(best, result, start);
        run.writeMetrics(
                SweepJson.write(best, epochs, metrics, planner.trials().size(), planner.count(TrialState.FAILED)));
        draw(planner.trials());
        Provenance origin = run.stored().provenance().orElseThrow();
        run.writeProvenance(origin.finished(ProvenanceOf.end(result)));
        run.writeReport(Report.of(run.stored()).html());
        run.commit();
        TrainLines.ending(metrics, experiment.metrics()).forEach(screen::line);
    }

    private void draw(List<Trial> trials) {
        Figures.draw(
                        experiment.figures(),
                        TrialFiles.histories(run.stored(), trials),
                        TrialFiles.outputs(run.stored(), trials))
                .forEach(figure -> figure.into(run));
    }

    /** Validation is the trial's own; the model that is kept has learned from those rows. */
    private RunMetrics metrics(Trial best, UnitResult result, Instant start) {
        SortedMap<Split, SplitMetrics> splits = new TreeMap<>();
        result.metrics().forEach((split, values) -> splits.put(split, SplitMetrics.of(values)));
        Optional.ofNullable(
                        TrialFiles.metrics(run.stored(), best.number()).splits().get(Split.VALIDATION))
                .ifPresent(validation -> splits.put(Split.VALIDATION, validation));
        double seconds = Duration.between(start, Instant.now()).toNanos() / 1e9;
        double rate = EpochReport.medianExamplesPerSecond(result.history());
        return new RunMetrics(splits, Optional.of(new RunMetrics.Timing(seconds, result.trainingSeconds(), 0, rate)));
    }
}
