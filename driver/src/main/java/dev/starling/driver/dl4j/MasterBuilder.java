package dev.starling.driver.dl4j;

import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.step.StepChoice;
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
    private OptionalInt workers = MasterSettings.DEFAULTS.workers();
    private int batchSizePerWorker = MasterSettings.DEFAULTS.batchSizePerWorker();
    private int averagingFrequency = MasterSettings.DEFAULTS.averagingFrequency();
    private OptimizerStatePolicy updaterState = MasterSettings.DEFAULTS.updaterState();
    private StepChoice step = MasterSettings.DEFAULTS.step();
    private OptionalLong seed = MasterSettings.DEFAULTS.seed();
    private Duration peerTimeout = MasterSettings.DEFAULTS.peerTimeout();
    private final List<TrainingHook> hooks = new ArrayList<>();
    private boolean collectStats;

    MasterBuilder() {}

    /** Replicas: one per task slot at most. Default: Spark's default parallelism, but not more than there are slots when a fit begins. */
    public MasterBuilder workers(int workers) {
        this.workers = OptionalInt.of(workers);
        return this;
    }

    /** Examples per replica and step, whatever sizes the data sets have. Default 16. */
    public MasterBuilder batchSizePerWorker(int batchSizePerWorker) {
        this.batchSizePerWorker = batchSizePerWorker;
        return this;
    }

    /** Local steps between two averagings. Default 5. */
    public MasterBuilder averagingFrequency(int averagingFrequency) {
        this.averagingFrequency = averagingFrequency;
        return this;
    }

    /**
     * What happens to updater state when replicas average: it is averaged too, the default (with Adam three times the bytes), or each replica keeps its own for the fit, of which the first replica's
     * goes on in the network, or it begins anew. A single replica keeps it in any case. The iteration count, from which Adam takes its t, runs on.
     */
    public MasterBuilder updaterState(OptimizerStatePolicy policy) {
        this.updaterState = policy;
        return this;
    }

    /** DL4J's name for two of {@link #updaterState}: true is AVERAGE and the default, as its own documentation has it; false is RESET. */
    public MasterBuilder saveUpdater(boolean saveUpdater) {
        return updaterState(saveUpdater ? OptimizerStatePolicy.AVERAGE : OptimizerStatePolicy.RESET);
    }

    /**
     * How a local step is made. AUTO, the default: a MultiLayerNetwork whose layers, loss, updater and penalties Starling knows, and which no hook or listener watches, is trained by the planned step,
     * several times faster and equal up to rounding; all else by DL4J's own fit. REFERENCE: always by DL4J's own fit, whose bits one worker then has. PLANNED: by the planned step, or the fit fails with the reason.
     */
    public MasterBuilder step(StepChoice choice) {
        this.step = choice;
        return this;
    }

    /** Seed of what is random in a step (dropout). Default: that of the network's configuration. */
    public MasterBuilder rngSeed(long rngSeed) {
        this.seed = OptionalLong.of(rngSeed);
        return this;
    }

    /** An executor from which not even a sign of life comes for so long is given up, and the fit fails; a replica's own failure is known at once. Default one minute. */
    public MasterBuilder peerTimeout(Duration peerTimeout) {
        this.peerTimeout = peerTimeout;
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

    /** @throws dev.starling.worker.InvalidInput with all that is out of range */
    public StarlingTrainingMaster build() {
        MasterSettings settings = new MasterSettings(
                workers, batchSizePerWorker, averagingFrequency, updaterState, step, seed, peerTimeout);
        return new StarlingTrainingMaster(settings, hooks, collectStats);
    }
}
