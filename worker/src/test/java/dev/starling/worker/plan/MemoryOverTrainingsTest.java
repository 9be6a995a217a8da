package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.Direct;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** Memory outside the heap over many trainings in one JVM, as a sweep or a cross-validation has them. */
class MemoryOverTrainingsTest {
    private static final int ROWS = 64;
    /** Bytes. What the JVM's heap and the allocator's free lists may still grow by once all is warm. */
    private static final long SLACK = 160L << 20;

    @Test
    void aHundredPlannedTrainingsLeaveNothingBehind() throws Unplannable {
        // 13 MB of parameters, gradient and moments each: 1.3 GB if they waited for the collector.
        Trial trial = new Trial(Networks.dense(Activation.Simple.RELU, 784, 1024, 10), ROWS, 1);
        repeat(5, trial);
        long bytes = Direct.bytes();
        long resident = Pointer.physicalBytes();
        repeat(100, trial);
        assertThat(Direct.bytes()).isEqualTo(bytes);
        assertThat(Pointer.physicalBytes() - resident).isLessThan(SLACK);
    }

    private static void repeat(int trainings, Trial trial) throws Unplannable {
        for (int i = 0; i < trainings; i++) {
            try (PlannedStep step = trial.planned(ROWS, LoopsChoice.create())) {
                train(step, trial, 2);
            }
        }
    }

    @Test
    void aStepThatIsClosedIsAnError() throws Unplannable {
        NetworkSpec network = Networks.convolutional(Activation.Simple.RELU, Pooling.MAX, 0.5);
        PlannedStep step = new Trial(network, ROWS, 1).planned(ROWS, LoopsChoice.create());
        step.train(ROWS, 1);
        step.close();
        assertThatThrownBy(() -> step.train(ROWS, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot use memory that was freed");
        assertThatThrownBy(() -> step.infer(ROWS - 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> step.parameters().toArray()).isInstanceOf(IllegalStateException.class);
    }

    private static void train(PlannedStep step, Trial trial, int steps) {
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(1e-3), 0.9, 0.999, 1e-7, 0);
        Optimizer optimizer = new Optimizer(adam, new Clipping.None(), trial.layout);
        try (Arena arena = new Arena()) {
            FlatVector state = arena.allocate(optimizer.stateLength());
            for (int t = 1; t <= steps; t++) {
                step.train(t % 2 == 0 ? ROWS : ROWS - 1, t);
                optimizer.apply(step.parameters(), step.gradient(), state, t, 1e-3);
            }
        }
    }
}
