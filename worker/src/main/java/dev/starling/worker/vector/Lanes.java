package dev.starling.worker.vector;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The widest vectors of this processor. Loops spell out loads and stores instead of calling methods of ours: the compiler is made to inline the Vector API, but not us, and where it
 * does not, every vector becomes an object.
 */
final class Lanes {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int COUNT = SPECIES.length();
    /** Bytes of a vector. */
    static final int BYTES = 4 * COUNT;

    static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** {@code x.add(GRAIN).sub(GRAIN)} keeps moments out of the denormal numbers, as the optimiser's {@code Flush}. */
    static final float GRAIN = 0x1p-76f;

    private Lanes() {}
}
