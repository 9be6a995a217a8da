package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aDenseStepAllocatesNothing() throws Unplannable {
        assertThat(bytesPerStep(Networks.dense(Activation.Simple.RELU, 20, 30, 10), 3000))
                .isLessThan(1);
    }

    @Test
    void aConvolutionalStepAllocatesNothing() throws Unplannable {
        NetworkSpec network = Networks.convolutional(Activation.Simple.RELU, LayerSpec.Pooling.MAX, 0.5);
        assertThat(bytesPerStep(network, 1500)).isLessThan(1);
    }

    /** Heap of this thread and JavaCPP's own memory, after the compiler has settled; an object a step would be 16 bytes at least. */
    private static double bytesPerStep(NetworkSpec network, int steps) throws Unplannable {
        Trial trial = new Trial(network, 32, 1);
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(1e-3), 0.9, 0.999, 1e-7, 0);
        Optimizer optimizer = new Optimizer(adam, new Clipping.None(), trial.layout);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        try (PlannedStep step = trial.planned(32, LoopsChoice.create())) {
            run(step, optimizer, state, 10 * steps);
            long heap = THREADS.getCurrentThreadAllocatedBytes();
            long outside = Pointer.totalBytes();
            run(step, optimizer, state, steps);
            assertThat(Pointer.totalBytes()).isEqualTo(outside);
            return (double) (THREADS.getCurrentThreadAllocatedBytes() - heap) / steps;
        }
    }

    private static void run(PlannedStep step, Optimizer optimizer, FlatVector state, int steps) {
        for (int t = 1; t <= steps; t++) {
            step.train(32, t);
            optimizer.apply(step.parameters(), step.gradient(), state, t, 1e-3);
        }
    }
}
