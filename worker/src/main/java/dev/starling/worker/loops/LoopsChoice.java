package dev.starling.worker.loops;

import java.lang.reflect.InvocationTargetException;

/** Which loops this JVM runs: by rule, so that all replicas of a gang choose the same where they can, and provenance can say which. */
public final class LoopsChoice {
    private static final String VECTOR = "dev.starling.worker.vector.VectorLoops";

    private LoopsChoice() {}

    /** Whether the JVM was started with {@code --add-modules jdk.incubator.vector}. */
    public static boolean vectorModule() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** New loops for one thread: by the Vector API where the module is there, else by chunks. */
    public static Loops create() {
        return vectorModule() ? vector() : chunks();
    }

    public static Loops chunks() {
        return new ChunkLoops();
    }

    private static Loops vector() {
        try {
            return Class.forName(VECTOR)
                    .asSubclass(Loops.class)
                    .getConstructor()
                    .newInstance();
        } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(
                    "Cannot make " + VECTOR + ": it is not in this build (expected beside the worker's classes)", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Cannot make " + VECTOR + ": " + e.getCause(), e);
        }
    }
}
