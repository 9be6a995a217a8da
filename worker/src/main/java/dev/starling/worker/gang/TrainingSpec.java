package dev.starling.worker.gang;

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
 * @param averageEvery local steps per round, ≥ 1
 * @param optimizerState what happens to optimiser state when replicas average
 */
public record TrainingSpec(
        long seed,
        OptimizerSpec optimizer,
        Clipping clipping,
        int batchSize,
        int epochs,
        List<EarlyStopping> stopRules,
        int averageEvery,
        OptimizerStatePolicy optimizerState,
        StepChoice step)
        implements Serializable {
    public TrainingSpec {
        stopRules = List.copyOf(stopRules);
    }

    public TrainingSpec(
            long seed,
            OptimizerSpec optimizer,
            Clipping clipping,
            int batchSize,
            int epochs,
            Optional<EarlyStopping> earlyStopping,
            int averageEvery,
            OptimizerStatePolicy optimizerState,
            StepChoice step) {
        this(
                seed,
                optimizer,
                clipping,
                batchSize,
                epochs,
                earlyStopping.stream().toList(),
                averageEvery,
                optimizerState,
                step);
    }

    public Optional<EarlyStopping> earlyStopping() {
        return stopRules.stream().findFirst();
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
