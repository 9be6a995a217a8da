package dev.starling.worker.exchange;

import java.util.Arrays;

/**
 * The weights of a round, divided by their greatest common divisor, so that equal weights cost no rounding. Changed between rounds only.
 */
final class Weights {
    private final float[] scaled;
    private float total;

    Weights(int ranks) {
        scaled = new float[ranks];
    }

    /** @param weights one per rank, ≥ 0, not all 0 */
    void set(int[] weights) {
        int divisor = 0;
        for (int weight : weights) {
            divisor = gcd(divisor, weight);
        }
        if (divisor == 0) {
            throw new IllegalArgumentException(
                    "Cannot average with weights " + Arrays.toString(weights) + " (expected one above 0)");
        }
        long sum = 0;
        for (int rank = 0; rank < weights.length; rank++) {
            int weight = weights[rank] / divisor;
            sum += weight;
            scaled[rank] = weight;
        }
        total = (float) sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    float of(int rank) {
        return scaled[rank];
    }

    float total() {
        return total;
    }
}
