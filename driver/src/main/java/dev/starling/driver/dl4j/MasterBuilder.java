package dev.starling.driver.dl4j;

import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.RepartitionStrategy;
import org.deeplearning4j.spark.api.TrainingHook;

/**
 * Builds a {@link StarlingTrainingMaster}. It has every method of {@code ParameterAveragingTrainingMaster.Builder}, so that a program changes in one line; those that choose between ways of moving data which Starling does not need
 * take their argument and change nothing, and say so.
 */
public final class MasterBuilder {
    private MasterSettings settings = MasterSettings.DEFAULTS;
    private final List<TrainingHook> hooks = new ArrayList<>();
    private boolean collectStats;

    MasterBuilder() {}

    /**
     * Replicas: one per task slot at most. Default: Spark's default parallelism, but not more than there are slots when a fit begins.
     *
     * @throws dev.starling.worker.InvalidInput if below 1; so each method here for its argument
     */
    public MasterBuilder workers(int workers) {
        settings = new MasterSettings(
                OptionalInt.of(workers),
                settings.batchSizePerWorker(),
                settings.averagingFrequency(),
                settings.updaterState(),
                settings.seed(),
                settings.peerTimeout());
        return this;
    }

    /** Examples per replica and step, whatever sizes the data sets have. Default 16. */
    public MasterBuilder batchSizePerWorker(int batchSizePerWorker) {
        settings = new MasterSettings(
                settings.workers(),
                batchSizePerWorker,
                settings.averagingFrequency(),
                settings.updaterState(),
                settings.seed(),
                settings.peerTimeout());
        return this;
    }

    /** Local steps between two averagings. Default 5. */
    public MasterBuilder averagingFrequency(int averagingFrequency) {
        settings = new MasterSettings(
                settings.workers(),
                settings.batchSizePerWorker(),
                averagingFrequency,
                settings.updaterState(),
                settings.seed(),
                settings.peerTimeout());
        return this;
    }

    /**
     * What happens to updater state when replicas average: it is averaged too, the default (with Adam three times the bytes), or each replica keeps its own for the fit, of which the first replica's
     * goes on in the network, or it begins anew. A single replica keeps it in any case. The iteration count, from which Adam takes its t, runs on.
     */
    public MasterBuilder updaterState(OptimizerStatePolicy policy) {
        settings = new MasterSettings(
                settings.workers(),
                settings.batchSizePerWorker(),
                settings.averagingFrequency(),
                policy,
                settings.seed(),
                settings.peerTimeout());
        return this;
    }

    /** DL4J's name for two of {@link #updaterState}: true is AVERAGE and the default, as its own documentation has it; false is RESET. */
    public MasterBuilder saveUpdater(boolean saveUpdater) {
        return updaterState(saveUpdater ? OptimizerStatePolicy.AVERAGE : OptimizerStatePolicy.RESET);
    }

    /** Seed of what is random in a step (dropout). Default: that of the network's configuration. */
    public MasterBuilder rngSeed(long rngSeed) {
        settings = new MasterSettings(
                settings.workers(),
                settings.batchSizePerWorker(),
                settings.averagingFrequency(),
                settings.updaterState(),
                OptionalLong.of(rngSeed),
                settings.peerTimeout());
        return this;
    }

    /** A replica that shows no sign of life for so long is given up, and the fit fails. A batch must take less. Default one minute. */
    public MasterBuilder peerTimeout(Duration peerTimeout) {
        settings = new MasterSettings(
                settings.workers(),
                settings.batchSizePerWorker(),
                settings.averagingFrequency(),
                settings.updaterState(),
                settings.seed(),
                peerTimeout);
        return this;
    }

    /** Called around each local step of each replica, on copies: they must be serializable. */
    public MasterBuilder trainingHooks(Collection<TrainingHook> trainingHooks) {
        hooks.addAll(trainingHooks);
        return this;
    }

    public MasterBuilder trainingHooks(TrainingHook... trainingHooks) {
        return trainingHooks(List.of(trainingHooks));
    }

    /** Whether {@link StarlingTrainingMaster#getTrainingStats} collects. Default: not. */
    public MasterBuilder collectTrainingStats(boolean collectTrainingStats) {
        collectStats = collectTrainingStats;
        return this;
    }

    /** Without effect: parameters do not pass the driver. */
    public MasterBuilder aggregationDepth(int aggregationDepth) {
        return this;
    }

    /** Without effect. */
    public MasterBuilder workerPrefetchNumBatches(int prefetchNumBatches) {
        return this;
    }

    /** Without effect: examples are always dealt evenly. */
    public MasterBuilder repartionData(Repartition repartition) {
        return this;
    }

    /** Without effect: examples are always dealt evenly. */
    public MasterBuilder repartitionStrategy(RepartitionStrategy repartitionStrategy) {
        return this;
    }

    /** Without effect: nothing is persisted. */
    public MasterBuilder storageLevel(StorageLevel storageLevel) {
        return this;
    }

    /** Without effect: nothing is persisted. */
    public MasterBuilder storageLevelStreams(StorageLevel storageLevelStreams) {
        return this;
    }

    /** Without effect: nothing is exported. */
    public MasterBuilder rddTrainingApproach(RDDTrainingApproach rddTrainingApproach) {
        return this;
    }

    /** Without effect: nothing is exported. */
    public MasterBuilder exportDirectory(String exportDirectory) {
        return this;
    }

    public StarlingTrainingMaster build() {
        return new StarlingTrainingMaster(settings, hooks, collectStats);
    }
}
