package dev.starling.jobs.command;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.driver.store.RunStore;
import dev.starling.driver.training.TrainedModel;
import dev.starling.driver.training.Trainer;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.progress.Screen;
import dev.starling.jobs.progress.TrainingProgress;
import dev.starling.jobs.report.Report;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.UUID;

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
        experiment.input().map(experiment::network).ifPresent(NetworkLayout::of);
        NameNodes.requireReachable(experiment.data(), surroundings.locate(options.runs()));
        TrainJob job = new TrainJob(experiment, options, surroundings);
        return Interruption.during(surroundings.err(), job::run);
    }

    private int run(Interruption interruption) {
        try (Cluster cluster = Cluster.start("train " + experiment.name(), options, surroundings.err())) {
            interruption.silenceBy(cluster::silence);
            RunStore store = Runs.store(options, surroundings, cluster.hadoop());
            SharedDisk.require(cluster, options, store, experiment.data());
            store.requireWritable(id);
            try (PreparedData data = DataPipeline.prepare(
                    cluster.context(), experiment.data(), experiment.loss(), experiment.input(), experiment.seed())) {
                RunDirectory run = store.create(experiment.name(), start, id);
                interruption.tell("interrupted; the run is not finished: " + run.location());
                train(cluster, data, run);
                interruption.tell("interrupted, when the run was stored: " + run.location());
                surroundings.out().println(run.location());
            }
        }
        return ExitStatus.DONE;
    }

    private void train(Cluster cluster, PreparedData data, RunDirectory run) {
        NetworkSpec network = experiment.network(data.preparation().input());
        int batchSize = experiment.training().batchSize();
        int replicas = experiment.replicas().count(data.rows(Split.TRAIN), batchSize, cluster.slots());
        TrainingProgress progress =
                new TrainingProgress(screen, experiment.training().epochs(), experiment.metrics());
        try {
            Provenance origin = ProvenanceOf.start(experiment.seed(), data, cluster, replicas, start);
            run.writeExperiment(experiment.resolved().text());
            run.writeProvenance(origin);
            screen.line(
                    TrainLines.beginning(data, network, experiment.training().step(), replicas));
            TrainedModel model =
                    Trainer.train(cluster.context(), data, network, experiment.training(), replicas, progress);
            store(model, origin, network, cluster, data, run);
        } catch (Exception e) { // Scala throws checked exceptions without saying so.
            screen.erase();
            keepOrDiscard(run, progress, e);
            throw e;
        }
    }

    private void store(
            TrainedModel model,
            Provenance origin,
            NetworkSpec network,
            Cluster cluster,
            PreparedData data,
            RunDirectory run) {
        run.writeHistory(ResultsOf.history(model.history(), experiment.metrics()));
        run.writeModel(network, model.parameters(), data.preparation());
        SortedMap<Split, SplitMetrics> splits = Evaluation.ofAllSplits(
                cluster,
                data,
                network,
                model.parameters(),
                experiment.training().step());
        RunMetrics metrics = ResultsOf.metrics(splits, model, start);
        run.writeMetrics(metrics);
        run.writeProvenance(origin.finished(ProvenanceOf.end(model)));
        run.writeReport(Report.of(run.stored()).html());
        run.commit();
        TrainLines.ending(metrics, experiment.metrics()).forEach(screen::line);
    }

    /** A wrong input, found late, stores nothing; a run that failed keeps what it has, and is never committed. */
    private void keepOrDiscard(RunDirectory run, TrainingProgress progress, Exception failure) {
        try {
            if (Failure.isWrongInput(failure)) {
                run.discard();
            } else {
                if (!progress.epochs().isEmpty()) {
                    run.writeHistory(ResultsOf.history(progress.epochs(), experiment.metrics()));
                }
                screen.line("the run is not finished; what it had: " + run.location());
            }
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }
}
