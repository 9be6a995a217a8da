package dev.starling.worker.step;

import java.util.function.LongSupplier;
import org.bytedeco.javacpp.Pointer;

/**
 * Asks for a garbage collection when the process has grown by a gigabyte. DL4J leaves arrays outside the heap to the collector, megabytes in each step of a convolutional network, and a large heap that fills slowly
 * is not collected before they have filled the machine. (JavaCPP's own limit asks the operating system at each allocation, which costs a tenth of a step.) One per thread.
 */
public final class NativeGarbage {
    private static final long LIMIT = 1L << 30;
    private static final int STEPS = 64;

    private final LongSupplier resident;
    private final Runnable collector;
    private long floor;
    private int steps;

    public NativeGarbage() {
        this(Pointer::physicalBytes, System::gc);
    }

    /** @param resident bytes of the process */
    NativeGarbage(LongSupplier resident, Runnable collector) {
        this.resident = resident;
        this.collector = collector;
        this.floor = resident.getAsLong();
    }

    /** After each batch on DL4J. */
    public void look() {
        steps++;
        if (steps % STEPS != 0) {
            return;
        }
        long now = resident.getAsLong();
        if (now - floor > LIMIT) {
            collector.run();
            // What was freed mostly stays with the process, to be used again: from here on it may grow.
            floor = now;
        }
    }
}
