package dev.starling.jobs.command;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.store.Provenance;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.driver.training.Recovery;
import dev.starling.driver.training.TrainedModel;
import dev.starling.driver.training.Trainer;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.figure.Drawn;
import dev.starling.jobs.figure.FigureSpec;
import dev.starling.jobs.figure.Figures;
import dev.starling.jobs.progress.Screen;
import dev.starling.jobs.progress.TrainingProgress;
import dev.starling.jobs.report.Report;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.NetworkSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Trains, evaluates and stores into a run's directory, from its beginning or from its last checkpoint: what {@code train} and {@code resume} have in common.
 *
 * @param start of this job
 */
record RunTraining(
        Experiment experiment, Cluster cluster, PreparedData data, RunDirectory run, Screen screen, Instant start) {
    /** @param origin of the run, with the attempts that there were before */
    void train(Provenance origin, int replicas) {
        NetworkSpec network = experiment.network(data.preparation().input());
        Figures.requireDrawable(experiment.figures(), network, data.preparation());
        TrainingProgress progress =
                new TrainingProgress(screen, experiment.training().epochs(), experiment.metrics());
        AttemptLog attempts = new AttemptLog(origin, run, replicas, progress);
        screen.line(TrainLines.beginning(data, network, experiment.training().step(), replicas));
        data.warnings().forEach(screen::line);
        try {
            Recovery recovery = new Recovery(experiment.faults(), Optional.of(run.checkpoints(cluster.hadoop())));
            TrainedModel model = Trainer.train(
                    cluster.context(), data, network, experiment.training(), replicas, recovery, attempts);
            store(model, attempts.provenance(), network);
        } catch (Exception e) { // Scala throws checked exceptions without saying so.
            screen.erase();
            keep(attempts, progress, e);
            throw e;
        }
    }

    private void store(TrainedModel model, Provenance origin, NetworkSpec network) {
        RunHistory history = ResultsOf.history(model.history(), experiment.metrics());
        run.writeHistory(history);
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
        draw(network, model.parameters(), history);
        run.writeReport(Report.of(run.stored()).html());
        run.commit();
        run.removeCheckpoints(cluster.hadoop());
        TrainLines.ending(metrics, experiment.metrics()).forEach(screen::line);
    }

    private void draw(NetworkSpec network, float[] parameters, RunHistory history) {
        boolean codes = experiment.figures().stream().anyMatch(FigureSpec.Codes.class::isInstance);
        Optional<PreparedData> labelled = Optional.of(codes && experiment.data().targetIsInput())
                .filter(wanted -> wanted)
                .map(wanted -> labelled());
        try {
            Drawn drawn = new Drawn(
                    data,
                    labelled,
                    network,
                    experiment.seed(),
                    parameters,
                    experiment.training().step(),
                    history);
            Figures.draw(experiment.figures(), drawn).forEach(figure -> figure.into(run));
        } finally {
            labelled.ifPresent(PreparedData::close);
        }
    }

    /** The same rows with their classes, where the sources tell them. */
    private PreparedData labelled() {
        return DataPipeline.labelled(
                cluster.context(), experiment.data(), experiment.loss(), experiment.seed(), data.preparation());
    }

    /** What a run that failed keeps beside its checkpoints. */
    private void keep(AttemptLog attempts, TrainingProgress progress, Exception failure) {
        if (Failure.isWrongInput(failure)) {
            return;
        }
        try {
            attempts.failed(failure);
            if (attempts.fromTheBeginning() && !progress.epochs().isEmpty()) {
                run.writeHistory(ResultsOf.history(progress.epochs(), experiment.metrics()));
            }
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }
}
