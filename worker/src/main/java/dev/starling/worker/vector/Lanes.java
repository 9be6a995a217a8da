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
    /** As the optimiser's {@code Flush}. */
    private static final float GRAIN = 0x1p-76f;

    private Lanes() {}

    static FloatVector load(ByteBuffer bytes, int at) {
        return FloatVector.fromByteBuffer(SPECIES, bytes, at, ORDER);
    }

    static void store(FloatVector vector, ByteBuffer bytes, int at) {
        vector.intoByteBuffer(bytes, at, ORDER);
    }

    /** Keeps moments out of the denormal numbers, by the same arithmetic as the optimiser's {@code Flush}. */
    static FloatVector flushTiny(FloatVector x) {
        return x.add(GRAIN).sub(GRAIN);
    }
}
