package dev.starling.jobs.command;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.store.RunDirectory;
import dev.starling.driver.store.StoredRun;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.worker.data.Preparation;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** An experiment's data for training: prepared anew, or for a stored model that goes on learning by that model's own preparation. */
final class TrainingData {
    private TrainingData() {}

    /** @return to be closed */
    static PreparedData prepare(Cluster cluster, Experiment experiment) {
        Optional<Preparation> stored = experiment.storedPreparation();
        return stored.isPresent()
                ? DataPipeline.prepare(
                        cluster.context(), experiment.data(), experiment.loss(), experiment.seed(), stored.get())
                : DataPipeline.prepare(
                        cluster.context(), experiment.data(), experiment.loss(), experiment.input(), experiment.seed());
    }

    /** Keeps in a new run what its network begins from. */
    static void keepOrigin(Cluster cluster, Experiment experiment, RunDirectory run) {
        storeOrigin(experiment);
        experiment
                .origin()
                .ifPresent(
                        origin -> run.keepOrigin(StoredRun.at(new Path(origin.location()).toUri(), cluster.hadoop())));
    }

    /** What its network begins from is then where executors find it. */
    static void storeOrigin(Experiment experiment) {
        experiment.origin().ifPresent(experiment.origins()::store);
    }
}
