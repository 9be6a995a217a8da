package dev.starling.worker.step;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;

/**
 * One thread inside native operations of the calling thread, as {@link NativeThreads#single}, for as long as this is open: in a process whose settings are its owner's. OpenBLAS's number
 * belongs to the process; the last of several that are open at once gives it back.
 */
public final class SingleThread implements AutoCloseable {
    private static final Nd4jCpu OPERATIONS = new Nd4jCpu();
    private static int open;
    private static int blasBefore;

    private final int before;

    private SingleThread(int before) {
        this.before = before;
    }

    public static SingleThread begin() {
        SingleThread single = new SingleThread(NativeThreads.count());
        synchronized (SingleThread.class) {
            if (open++ == 0) {
                blasBefore = openblas.blas_get_num_threads();
            }
            NativeThreads.single();
        }
        return single;
    }

    /** Threads that OpenMP would have used. */
    public int before() {
        return before;
    }

    @Override
    public void close() {
        synchronized (SingleThread.class) {
            OPERATIONS.setOmpNumThreads(before);
            if (--open == 0 && blasBefore > 0) {
                openblas.blas_set_num_threads(blasBefore);
            }
        }
    }
}
