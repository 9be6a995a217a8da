package dev.starling.driver.selection.search.sampler;

/** The standard normal distribution, fast. */
final class Normal {
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private Normal() {}

    static double logDensity(double z) {
        return -0.5 * z * z - LOG_ROOT_TWO_PI;
    }

    /** The mass from low to high, without losing digits in the tails. */
    static double mass(double low, double high) {
        return low > 0 ? above(low) - above(high) : above(-high) - above(-low);
    }

    /**
     * The mass above z, to 1.2e-7 of itself everywhere: Chebyshev's fit of erfc in Press et al., "Numerical Recipes", 2nd edition, 6.2.
     */
    static double above(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double[] c = COEFFICIENTS;
        double sum = 0;
        for (int i = c.length - 1; i >= 0; i--) {
            sum = sum * t + c[i];
        }
        double half = 0.5 * t * Math.exp(-x * x + sum);
        return z >= 0 ? half : 1 - half;
    }

    private static final double[] COEFFICIENTS = {
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277
    };
}
