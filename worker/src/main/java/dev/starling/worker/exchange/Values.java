package dev.starling.worker.exchange;

import java.nio.ByteBuffer;

/** Numbers outside the heap in the form in which they travel: what a replica gives to an averaging, and what it gets. */
sealed interface Values permits Floats, Halves {
    int length();

    int bytesPerValue();

    /** The memory, from 0; absolute reads and writes only. */
    ByteBuffer bytes();

    /** Reads {@code length} of them from {@code at} into the beginning of an array. */
    void get(int at, float[] into, int length);

    void set(int at, float[] from, int length);

    /** Zeros of the same form. */
    Values allocate(int length);
}
