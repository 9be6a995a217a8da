package dev.starling.worker.random;

/**
 * Random numbers by their place: the i-th of a seed's stream is a function of seed and i alone, so that whoever draws it, in whatever pieces, has the same bits on every machine.
 */
public final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int BITS = 24;
    private static final float UNIT = 1f / (1 << BITS);

    private Noise() {}

    /** The seed of a layer's stream in a batch. */
    public static long ofLayer(long seed, int layer) {
        return seed + layer * GOLDEN;
    }

    /** From [0, 1), in steps of 2⁻²⁴: numbers {@code from} to {@code from + length} of the stream. */
    public static void uniform(long seed, int from, float[] into, int length) {
        for (int i = 0; i < length; i++) {
            into[i] = (bits(seed, from + i) >>> (64 - BITS)) * UNIT;
        }
    }

    /** From a normal distribution of mean 0 and variance 1 (Box and Muller 1958): numbers {@code from}, which is even, to {@code from + length} of the stream. */
    public static void gaussian(long seed, int from, float[] into, int length) {
        for (int i = 0; i < length; i += 2) {
            long bits = bits(seed, (from + i) / 2);
            double radius = Math.sqrt(-2 * StrictMath.log(((bits >>> (64 - BITS)) + 1) * (double) UNIT));
            double angle = 2 * Math.PI * ((bits & ((1 << BITS) - 1)) * (double) UNIT);
            into[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < length) {
                into[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
    }

    private static long bits(long seed, int place) {
        return mix((seed + place) * GOLDEN);
    }

    /** A bijection of 64 bits that changes about half of them for every bit that differs: the finaliser of MurmurHash3, as in SplittableRandom. */
    public static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
