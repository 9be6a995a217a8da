package dev.starling.worker.plan;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.Device;
import dev.starling.worker.step.NativeThreads;
import dev.starling.worker.step.ReferenceStep;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;

/** Makes the step that an experiment asks for: planned where the planner knows the whole network, else DL4J's, which then says why. */
public final class StepFactory {
    private StepFactory() {}

    /**
     * Call on the thread that will use the step. Parameters are zero until the caller fills them.
     *
     * @param batchSize most examples in a batch, ≥ 1
     * @throws InvalidInput if the network cannot be built, or the choice is the planned step and it cannot be had
     */
    public static Step create(NetworkSpec spec, int batchSize, StepChoice choice) {
        NativeThreads.single();
        if (choice == StepChoice.REFERENCE) {
            return new ReferenceStep(spec, batchSize);
        }
        try {
            if (Device.isCuda()) {
                throw new Unplannable("its kernels are the processor's, and the backend is CUDA");
            }
            return new PlannedStep(spec, batchSize);
        } catch (Unplannable e) {
            if (choice == StepChoice.PLANNED) {
                throw new InvalidInput("Cannot train with training.step: planned: " + e.getMessage()
                        + " (expected a network that can be planned; auto falls back to the reference step)");
            }
            return new ReferenceStep(spec, batchSize, e.getMessage());
        }
    }

    /** Which step {@link #create} gives, as far as it can be told without native libraries: {@code planned}, or {@code reference} and why. */
    public static String outlook(NetworkSpec spec, StepChoice choice) {
        if (choice == StepChoice.REFERENCE) {
            return "reference";
        }
        return Planner.missing(spec)
                .map(reason -> "reference (not planned: " + reason + ")")
                .orElse("planned");
    }
}
