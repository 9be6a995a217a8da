package dev.starling.worker.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;

/** Frees a direct buffer now. Java 17 has one way to it, in the module that is there for such needs (jdk.unsupported); Spark and Netty free theirs by it. */
final class DirectMemory {
    private static final MethodHandle CLEANER = cleaner();

    private DirectMemory() {}

    private static MethodHandle cleaner() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(instance.get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Cannot free memory outside the heap (expected the module jdk.unsupported)", e);
        }
    }

    /** @param block as it was allocated, no view; neither it nor a view of it may be used any more */
    static void free(ByteBuffer block) {
        try {
            CLEANER.invoke(block);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot free memory outside the heap", e);
        }
    }
}
