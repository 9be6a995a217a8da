package dev.starling.worker.dl4j;

import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.step.StepChoice;
import java.io.Serializable;

/**
 * How replicas of a DL4J network train.
 *
 * @param batchSize most examples in a batch, ≥ 1
 * @param averageEvery local steps per round, ≥ 1
 * @param updaterState what happens to updater state when replicas average
 * @param step REFERENCE is DL4J's own fit; else a MultiLayerNetwork that the planned step knows, and whose steps nobody watches, is trained by it
 * @param seed of what is random in a step (dropout)
 */
public record FitSpec(int batchSize, int averageEvery, OptimizerStatePolicy updaterState, StepChoice step, long seed)
        implements Serializable {}
