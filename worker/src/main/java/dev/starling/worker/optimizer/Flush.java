package dev.starling.worker.optimizer;

/**
 * Keeps moments out of the denormal numbers, on which processors are up to 23 times slower. A unit that died leaves moments that decay through them for
 * ever: 0.9 times the smallest is itself again. Here they end at 0 or at a few 1e-30 (1e-27 where the decay is 0.999), both of no effect.
 */
public final class Flush {
    /** Its last bit is 2⁻⁹⁹ ≈ 1.6e-30. */
    private static final float GRAIN = 0x1p-76f;

    private Flush() {}

    /**
     * x rounded to a multiple of 2⁻¹⁰⁰: 0 below about 1e-30, to the bit itself from 2⁻⁵² ≈ 2e-16, between them with an error of a last bit of the larger of x and
     * 1e-23. Two additions, since C2 makes no vectors of conditions, and minimum and maximum are dear. NaN and infinity stay.
     */
    public static float tiny(float x) {
        return (x + GRAIN) - GRAIN;
    }
}
