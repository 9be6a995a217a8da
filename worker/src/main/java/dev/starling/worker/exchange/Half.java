package dev.starling.worker.exchange;

/** Numbers of half precision (IEEE 754 binary16), to the nearest, ties to even. */
final class Half {
    private static final float LARGEST = 65504;
    private static final float SMALLEST_NORMAL = 0x1p-14f;
    private static final int SIGN = 0x8000;
    /** What the exponent of a float has more, in a float's bits: 127 − 15. */
    private static final int BIAS = 112 << 23;

    private Half() {}

    /** Finite numbers beyond the largest become the largest, for what is lost is only put off; infinities and NaN stay what they are. */
    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & SIGN;
        int magnitude = bits & Integer.MAX_VALUE;
        float absolute = Math.abs(value);
        if (absolute >= SMALLEST_NORMAL && absolute <= LARGEST) {
            int rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
            return (short) (sign | Math.min((rounded - BIAS) >>> 13, 0x7bff));
        }
        if (absolute < SMALLEST_NORMAL) {
            // From 0.5 to 1 floats lie 2⁻²⁴ apart, as subnormal halves do: the sum rounds as wanted.
            return (short) (sign | (Float.floatToRawIntBits(absolute + 0.5f) - Float.floatToRawIntBits(0.5f)));
        }
        return (short) (sign | (Float.isNaN(value) ? 0x7e00 : Float.isInfinite(value) ? 0x7c00 : 0x7bff));
    }

    static float value(short half) {
        int magnitude = half & ~SIGN & 0xffff;
        float absolute = magnitude < 0x400
                ? magnitude * 0x1p-24f
                : Float.intBitsToFloat((magnitude << 13) + (magnitude < 0x7c00 ? BIAS : 2 * BIAS));
        return (half & SIGN) == 0 ? absolute : -absolute;
    }
}
