package dev.starling.worker.gang;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.step.StepChoice;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * How a gang trains, whatever the network and the data.
 *
 * @param seed of the experiment
 * @param batchSize examples per replica and step, ≥ 1
 * @param epochs ≥ 1
 * @param stopRules none or one; a list since it travels to executors, which an Optional cannot
 * @param averaging when replicas average, and what they make of the mean
 * @param optimizerState what happens to optimiser state when replicas average
 * @param compression of what goes over the wire in an averaging
 * @param overlap whether averaging runs beside the next round's steps, so that it takes effect one round late
 */
public record TrainingSpec(
        long seed,
        OptimizerSpec optimizer,
        Clipping clipping,
        int batchSize,
        int epochs,
        List<EarlyStopping> stopRules,
        AveragingSpec averaging,
        OptimizerStatePolicy optimizerState,
        Compression compression,
        boolean overlap,
        StepChoice step,
        Extras extras)
        implements Serializable {
    public TrainingSpec {
        stopRules = List.copyOf(stopRules);
    }

    /** Without extras. */
    public TrainingSpec(
            long seed,
            OptimizerSpec optimizer,
            Clipping clipping,
            int batchSize,
            int epochs,
            List<EarlyStopping> stopRules,
            AveragingSpec averaging,
            OptimizerStatePolicy optimizerState,
            Compression compression,
            boolean overlap,
            StepChoice step) {
        this(
                seed,
                optimizer,
                clipping,
                batchSize,
                epochs,
                stopRules,
                averaging,
                optimizerState,
                compression,
                overlap,
                step,
                Extras.NONE);
    }

    /** Without extras. */
    public TrainingSpec(
            long seed,
            OptimizerSpec optimizer,
            Clipping clipping,
            int batchSize,
            int epochs,
            Optional<EarlyStopping> earlyStopping,
            AveragingSpec averaging,
            OptimizerStatePolicy optimizerState,
            Compression compression,
            boolean overlap,
            StepChoice step) {
        this(
                seed,
                optimizer,
                clipping,
                batchSize,
                epochs,
                earlyStopping.stream().toList(),
                averaging,
                optimizerState,
                compression,
                overlap,
                step);
    }

    private TrainingSpec with(long otherSeed, int otherEpochs, List<EarlyStopping> rules, Extras others) {
        return new TrainingSpec(
                otherSeed,
                optimizer,
                clipping,
                batchSize,
                otherEpochs,
                rules,
                averaging,
                optimizerState,
                compression,
                overlap,
                step,
                others);
    }

    /** The same but for the seed. */
    public TrainingSpec withSeed(long other) {
        return with(other, epochs, stopRules, extras);
    }

    /** The same but for the number of epochs, and for early stopping. */
    public TrainingSpec withEpochs(int other, List<EarlyStopping> rules) {
        return with(seed, other, rules, extras);
    }

    /** The same with other extras. */
    public TrainingSpec with(Extras others) {
        return with(seed, epochs, stopRules, others);
    }

    /** How one layer is pre-trained where the whole is trained so. */
    public TrainingSpec stage(PretrainingSpec spec, long stageSeed) {
        return new TrainingSpec(
                stageSeed,
                spec.optimizer(),
                clipping,
                spec.batchSize(),
                spec.epochs(),
                List.of(),
                averaging,
                optimizerState,
                compression,
                overlap,
                step,
                extras.ofStages());
    }

    public Optional<EarlyStopping> earlyStopping() {
        return stopRules.stream().findFirst();
    }

    public Optional<PretrainingSpec> pretraining() {
        return extras.pretraining();
    }

    public enum OptimizerStatePolicy {
        /** Averaged like the parameters: three times the bytes with Adam, and the default. */
        AVERAGE,
        /** Each replica keeps its own. */
        KEEP,
        /** Zeroed. */
        RESET
    }

    /**
     * Stops when the monitored value has not improved by more than minDelta for {@code patience} epochs in a row.
     *
     * @param split {@code train} or {@code validation}, as in {@code validation.loss}
     * @param metric name as in metrics.json
     * @param restoreBest whether the parameters of the best epoch are the result
     */
    public record EarlyStopping(String split, String metric, int patience, double minDelta, boolean restoreBest)
            implements Serializable {}
}
