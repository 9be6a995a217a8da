package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.memory.Direct;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Pooling;
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
        assertThat(steadyBytes(Networks.dense(Activation.Simple.RELU, 20, 30, 10), 3000))
                .isZero();
    }

    @Test
    void aConvolutionalStepAllocatesNothing() throws Unplannable {
        NetworkSpec network = Networks.convolutional(Activation.Simple.RELU, Pooling.MAX, 0.5);
        assertThat(steadyBytes(network, 500)).isZero();
    }

    @Test
    void aHundredThousandStepsLeaveMemoryOutsideTheHeapAsItWas() throws Unplannable {
        Trial trial = new Trial(Networks.dense(Activation.Simple.RELU, 20, 30, 10), 32, 1);
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(1e-3), 0.9, 0.999, 1e-7, 0);
        Optimizer optimizer = new Optimizer(adam, new Clipping.None(), trial.layout);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        try (PlannedStep step = trial.planned(32, LoopsChoice.create())) {
            run(step, optimizer, state, 1000);
            long buffers = Direct.bytes();
            long resident = Pointer.physicalBytes();
            run(step, optimizer, state, 100_000);
            assertThat(Direct.bytes()).isEqualTo(buffers);
            // A float leaked per step and parameter would be 94 MB; the JVM's own growth (its heap is not full yet) is
            // a few.
            assertThat(Pointer.physicalBytes() - resident).isLessThan(64L << 20);
        }
    }

    /**
     * Bytes of this thread's heap for each step once the compiler has settled, which on a busy machine takes its time: the least of several windows, each as long as {@code steps}, and an object a step would be 16 bytes. JavaCPP's own
     * memory stays as it is throughout.
     */
    private static long steadyBytes(NetworkSpec network, int steps) throws Unplannable {
        Trial trial = new Trial(network, 32, 1);
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(1e-3), 0.9, 0.999, 1e-7, 0);
        Optimizer optimizer = new Optimizer(adam, new Clipping.None(), trial.layout);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        try (PlannedStep step = trial.planned(32, LoopsChoice.create())) {
            long least = Long.MAX_VALUE;
            long outside = Pointer.totalBytes();
            for (int window = 0; window < 60 && least > 0; window++) {
                long heap = THREADS.getCurrentThreadAllocatedBytes();
                run(step, optimizer, state, steps);
                least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - heap) / steps);
            }
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(outside);
            return least;
        }
    }

    private static void run(PlannedStep step, Optimizer optimizer, FlatVector state, int steps) {
        for (int t = 1; t <= steps; t++) {
            step.train(32, t);
            optimizer.apply(step.parameters(), step.gradient(), state, t, 1e-3);
        }
    }
}
