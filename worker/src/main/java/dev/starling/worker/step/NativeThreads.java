package dev.starling.worker.step;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;

/**
 * One thread inside native operations: replicas share the cores by being many, and the number of threads changes bits. OpenMP's number belongs to the calling thread, so every thread that
 * runs a step asks for it; {@code OMP_NUM_THREADS=1} in the environment does the same for all threads and is what the launcher sets.
 */
public final class NativeThreads {
    private static final Nd4jCpu OPERATIONS = new Nd4jCpu();

    private NativeThreads() {}

    /** From now on the calling thread's native operations run on it alone. */
    public static void single() {
        OPERATIONS.setOmpNumThreads(1);
        openblas.blas_set_num_threads(1);
    }

    /** Threads that OpenMP would use for the calling thread. */
    public static int count() {
        return OPERATIONS.ompGetMaxThreads();
    }
}
