package dev.starling.jobs.command;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunStore;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.figure.Figures;
import dev.starling.jobs.progress.Screen;
import dev.starling.worker.data.Split;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/** {@code train}: experiment file → data → replicas → evaluation → store → report, on one page. */
final class TrainJob {
    private final Experiment experiment;
    private final SharedOptions options;
    private final Surroundings surroundings;
    private final Screen screen;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final String id = UUID.randomUUID().toString().substring(0, 6);

    private TrainJob(Experiment experiment, SharedOptions options, Surroundings surroundings) {
        this.experiment = experiment;
        this.options = options;
        this.surroundings = surroundings;
        this.screen = new Screen(surroundings.err(), surroundings.terminal());
    }

    static int run(String file, SharedOptions options, Surroundings surroundings) {
        Experiment experiment = ExperimentParser.parse(Experiments.text(file, options, surroundings));
        // Layers that do not fit are told before Spark starts, if the file alone can tell.
        Figures.requireFonts(experiment.figures());
        experiment.requireFit();
        SharedDisk.require(options, surroundings, experiment.data());
        NameNodes.requireReachable(experiment.data(), surroundings.locate(options.runs()));
        TrainJob job = new TrainJob(experiment, options, surroundings);
        return Interruption.during(surroundings.err(), job::run);
    }

    private int run(Interruption interruption) {
        try (Cluster cluster = Cluster.start("train " + experiment.name(), options, surroundings.err())) {
            interruption.silenceBy(cluster, screen);
            RunStore store = Runs.store(options, surroundings, cluster.hadoop());
            store.requireWritable(id);
            try (PreparedData data = TrainingData.prepare(cluster, experiment)) {
                RunDirectory run = store.create(experiment.name(), start, id);
                interruption.tell("interrupted; to go on: " + surroundings.resuming(run.location()));
                train(cluster, data, run);
                interruption.tell("interrupted, when the run was stored: " + run.location());
                surroundings.out().println(run.location());
            }
        }
        return ExitStatus.DONE;
    }

    private void train(Cluster cluster, PreparedData data, RunDirectory run) {
        int replicas = experiment
                .replicas()
                .count(data.rows(Split.TRAIN), experiment.training().batchSize(), cluster.slots());
        try {
            Provenance origin = ProvenanceOf.start(experiment.seed(), data, cluster, replicas, start);
            TrainingData.keepOrigin(cluster, experiment, run);
            run.writeExperiment(experiment.resolved().text());
            run.writeProvenance(origin);
            new RunTraining(experiment, cluster, data, run, screen, start).train(origin, replicas);
        } catch (Exception e) { // Scala throws checked exceptions without saying so.
            keepOrDiscard(run, cluster.hadoop(), e);
            throw e;
        }
    }

    /** A wrong input, found late, stores nothing; a run that failed keeps what it has, and is not committed. */
    private void keepOrDiscard(RunDirectory run, Configuration hadoop, Exception failure) {
        try {
            if (Failure.isWrongInput(failure)) {
                run.discard();
            } else {
                String next = run.checkpoints(hadoop).folder().isEmpty()
                        ? "no checkpoint was kept"
                        : surroundings.program() + " resume goes on from its last checkpoint";
                screen.line("the run is not finished; what it had: " + run.location() + " (" + next + ")");
            }
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }
}
