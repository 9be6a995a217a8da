package dev.starling.driver.dl4j;

import dev.starling.worker.Problems;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.step.StepChoice;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a user may set.
 *
 * @param workers replicas; else as many as Spark's default parallelism, and at most as there are task slots
 * @param batchSizePerWorker examples per replica and step, ≥ 1
 * @param averagingFrequency local steps per averaging, ≥ 1
 * @param step REFERENCE for DL4J's own fit
 * @param seed of dropout; else that of the network's configuration
 * @param peerTimeout after which an executor that shows no sign of life is given up
 */
record MasterSettings(
        OptionalInt workers,
        int batchSizePerWorker,
        int averagingFrequency,
        OptimizerStatePolicy updaterState,
        StepChoice step,
        OptionalLong seed,
        Duration peerTimeout) {
    static final MasterSettings DEFAULTS = new MasterSettings(
            OptionalInt.empty(),
            16,
            5,
            OptimizerStatePolicy.AVERAGE,
            StepChoice.AUTO,
            OptionalLong.empty(),
            Duration.ofMinutes(1));

    MasterSettings {
        Problems problems = new Problems();
        if (workers.isPresent() && workers.getAsInt() < 1) {
            problems.add(wrong("workers", workers.getAsInt()));
        }
        if (batchSizePerWorker < 1) {
            problems.add(wrong("batchSizePerWorker", batchSizePerWorker));
        }
        if (averagingFrequency < 1) {
            problems.add(wrong("averagingFrequency", averagingFrequency));
        }
        if (peerTimeout.isNegative() || peerTimeout.isZero()) {
            problems.add("Cannot train with peerTimeout " + peerTimeout + " (expected a time above 0)");
        }
        problems.throwIfAny();
    }

    private static String wrong(String name, int found) {
        return "Cannot train with " + name + " " + found + " (expected at least 1)";
    }
}
