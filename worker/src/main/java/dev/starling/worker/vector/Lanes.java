package dev.starling.worker.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The widest vectors of this processor, over memory outside the heap. */
final class Lanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int COUNT = SPECIES.length();
    /** Bytes of a vector. */
    static final int BYTES = 4 * COUNT;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final float TINY = 1e-30f;
    private static final float LIFT = 0x1p127f;

    private Lanes() {}

    static FloatVector load(ByteBuffer bytes, int at) {
        return FloatVector.fromByteBuffer(SPECIES, bytes, at, ORDER);
    }

    static void store(FloatVector vector, ByteBuffer bytes, int at) {
        vector.intoByteBuffer(bytes, at, ORDER);
    }

    /** x, or 0 where |x| ≤ 1e-30: the optimiser's flushing of tiny moments, by the same arithmetic. */
    static FloatVector flushTiny(FloatVector x) {
        return x.mul(x.abs().sub(TINY).mul(LIFT).max(0f).min(1f));
    }
}
