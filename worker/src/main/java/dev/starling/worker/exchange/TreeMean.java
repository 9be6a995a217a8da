package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.util.Arrays;

/**
 * The weighted mean over ranks by a fixed binary tree: ranks [a, b) are split at a + the largest power of two below b − a, so that four ranks
 * give (r0 + r1) + (r2 + r3) and three (r0 + r1) + r2. The bits depend on ranks and weights alone, neither on who computes which slice nor on where a JVM ends.
 *
 * <p>Weights are divided by their greatest common divisor, so that equal weights cost no rounding; the sum is divided, not multiplied by a
 * reciprocal, whose rounding would pull every parameter the same way in every round. Works through small heap arrays, in which C2 vectorises the loops. One per
 * thread.
 */
final class TreeMean {
    /** 8 KB an array: two or three of them stay in the first-level cache. */
    private static final int CHUNK = 2048;

    private final float[][] buffers;
    private final float[] scaled;
    private float total;

    TreeMean(int ranks) {
        int depth = 33 - Integer.numberOfLeadingZeros(ranks);
        buffers = new float[depth][CHUNK];
        scaled = new float[ranks];
    }

    /** @param weights one per rank, ≥ 0, not all 0 */
    void weigh(int[] weights) {
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

    /** Writes the mean of floats [from, to) into each rank's vector. */
    void mean(FlatVector[] vectors, int from, int to) {
        for (int at = from; at < to; at += CHUNK) {
            int length = Math.min(CHUNK, to - at);
            sum(vectors, 0, vectors.length, at, length, 0);
            divide(buffers[0], total, length);
            for (FlatVector vector : vectors) {
                vector.set(at, buffers[0], 0, length);
            }
        }
    }

    /** Σ wᵣ·xᵣ of ranks [a, b) into the buffer of this depth. */
    private void sum(FlatVector[] vectors, int a, int b, int at, int length, int depth) {
        if (b - a == 1) {
            load(vectors[a], scaled[a], at, length, buffers[depth]);
            return;
        }
        int middle = a + Integer.highestOneBit(b - a - 1);
        sum(vectors, a, middle, at, length, depth);
        sum(vectors, middle, b, at, length, depth + 1);
        add(buffers[depth], buffers[depth + 1], length);
    }

    /** Weight 0 reads nothing: what the rank holds cannot matter. */
    private static void load(FlatVector vector, float weight, int at, int length, float[] into) {
        if (weight == 0) {
            Arrays.fill(into, 0, length, 0);
            return;
        }
        vector.get(at, into, 0, length);
        if (weight != 1) {
            scale(into, weight, length);
        }
    }

    private static void scale(float[] values, float weight, int length) {
        for (int i = 0; i < length; i++) {
            values[i] *= weight;
        }
    }

    private static void add(float[] values, float[] others, int length) {
        for (int i = 0; i < length; i++) {
            values[i] += others[i];
        }
    }

    private static void divide(float[] values, float divisor, int length) {
        if (divisor == 1) {
            return;
        }
        for (int i = 0; i < length; i++) {
            values[i] /= divisor;
        }
    }
}
