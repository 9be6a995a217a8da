package dev.starling.worker.dl4j;

import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import java.io.Serializable;

/**
 * How replicas of a DL4J network train.
 *
 * @param averageEvery local steps per round, ≥ 1
 * @param updaterState what happens to updater state when replicas average
 * @param seed of what is random in a step (dropout)
 */
public record FitSpec(int averageEvery, OptimizerStatePolicy updaterState, long seed) implements Serializable {}
