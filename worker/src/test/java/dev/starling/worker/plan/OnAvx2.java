package dev.starling.worker.plan;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Pooling;

/** Run by {@link InstructionSetTest} in a process of its own, since oneDNN asks for the instruction set once: prints how the plan is made and how far its gradient is from DL4J's in double. */
final class OnAvx2 {
    private OnAvx2() {}

    public static void main(String[] arguments) throws Unplannable {
        Trial trial = new Trial(Networks.convolutional(Activation.Simple.TANH, Pooling.AVERAGE, 0), 24, 11);
        try (PlannedStep step = trial.planned(24, LoopsChoice.create())) {
            System.out.println("description " + step.description());
            System.out.println("distance " + new Comparison(trial).worst(trial.gradient(step)));
        }
        System.exit(0);
    }
}
