package dev.starling.worker.data;

import java.io.Serializable;

/**
 * A random permutation of 0 … n−1 that needs no memory: a Feistel network of six rounds over the smallest even number of bits that holds n, walked until it
 * lands inside (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002). Splits and dealing use it, so that a row's place depends on
 * seed and row number alone and no machine needs to know the others' rows.
 */
public final class Permutation implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int ROUNDS = 6;

    private final long size;
    private final int halfBits;
    private final long mask;
    private final long seed;

    /** @param size n ≥ 0 */
    public Permutation(long size, long seed) {
        if (size < 0) {
            throw new IllegalArgumentException("Cannot permute " + size + " numbers (expected ≥ 0)");
        }
        this.size = size;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(Math.max(size - 1, 1)));
        this.halfBits = (bits + 1) / 2;
        this.mask = (1L << halfBits) - 1;
        this.seed = seed;
    }

    /** Where {@code index} goes; both in [0, n). */
    public long apply(long index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("Cannot permute " + index + " (expected 0 to " + (size - 1) + ")");
        }
        long x = index;
        do {
            x = encrypt(x);
        } while (x >= size);
        return x;
    }

    private long encrypt(long x) {
        long left = x >>> halfBits;
        long right = x & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (Seeds.mix(seed + right * 0x9E3779B97F4A7C15L + round) & mask);
            left = right;
            right = next;
        }
        return (left << halfBits) | right;
    }
}
