package dev.starling.tests.benchmark;

import dev.starling.driver.data.RawData;
import dev.starling.driver.files.Journal;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.search.EventJson;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.Trial;
import dev.starling.driver.selection.search.TrialsCsv;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.sweep.Sweep;
import dev.starling.driver.selection.sweep.TrialRows;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunStore;
import dev.starling.jobs.command.TrialFiles;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** A sweep on a session that is started and data that are read: planned, journalled, trained, and kept in the folders of a run as the command does, up to the winner's last training. */
record RealSweep(JavaSparkContext spark, RawData data) {
    /**
     * What it came to.
     *
     * @param events in the order of the journal
     * @param seconds of all
     * @param trainingSeconds of all trials, in their epochs
     */
    record Outcome(List<Trial> trials, List<SweepEvent> events, double seconds, double trainingSeconds) {}

    /** @param slots to use at most */
    Outcome run(Experiment experiment, int slots) {
        Path folder = Scratch.folder();
        try {
            RunDirectory run =
                    RunStore.at(folder.toUri(), spark.hadoopConfiguration()).create("sweep", Instant.now(), "once");
            return run(experiment, run, slots);
        } finally {
            Scratch.delete(folder);
        }
    }

    private Outcome run(Experiment experiment, RunDirectory run, int slots) {
        long start = System.nanoTime();
        SweepSpec spec = experiment.sweep().orElseThrow();
        Sweep.Setup setup = new Sweep.Setup(
                spec,
                experiment.seed(),
                experiment.training().epochs(),
                point -> recipe(experiment, point),
                TrialRows.validating(data));
        TrialFiles files = new TrialFiles(run, experiment.metrics());
        List<SweepEvent> events = new ArrayList<>();
        double[] training = {0};
        try (Journal journal = run.openJournal()) {
            SweepPlanner planner = Sweep.planner(setup, List.of(), InstantSource.system(), event -> {
                journal.append(EventJson.write(event));
                events.add(event);
            });
            Sweep.run(
                    spark,
                    data,
                    setup,
                    planner,
                    run.files(),
                    (assignment, result) -> {
                        training[0] += result.trainingSeconds();
                        files.keep(assignment, result);
                    },
                    slots);
            run.writeTrials(TrialsCsv.write(spec, planner.trials()));
            return new Outcome(planner.trials(), events, (System.nanoTime() - start) / 1e9, training[0]);
        }
    }

    private static Recipe recipe(Experiment experiment, Point point) {
        Experiment trial = ExperimentParser.trial(experiment.resolved(), point.overrides());
        return Recipe.of(trial.data(), trial.layers(), trial.loss(), trial.input(), trial.training());
    }
}
