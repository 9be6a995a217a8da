package dev.starling.worker.step;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.NetworkSpec;

/** Makes the step that an experiment asks for. */
public final class StepFactory {
    private StepFactory() {}

    /**
     * Call on the thread that will use the step. Parameters are zero until the caller fills them.
     *
     * @param batchSize most examples in a batch, ≥ 1
     * @throws InvalidInput if the network cannot be built, or the choice cannot be had
     */
    public static Step create(NetworkSpec spec, int batchSize, StepChoice choice) {
        if (choice == StepChoice.PLANNED) {
            throw new InvalidInput("Cannot train with training.step: planned: not yet (expected auto or reference)");
        }
        return new ReferenceStep(spec, batchSize);
    }
}
