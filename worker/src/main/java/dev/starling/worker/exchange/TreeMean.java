package dev.starling.worker.exchange;

/**
 * The weighted mean over ranks by a fixed binary tree (see {@link Subtree}). The bits depend on ranks and weights alone, neither on who computes which slice nor on
 * where a JVM ends.
 *
 * <p>The sum is divided, not multiplied by a reciprocal, whose rounding would pull every parameter the same way in every round. Works through small heap arrays, in
 * which C2 vectorises the loops. One per thread.
 */
final class TreeMean {
    /** 8 KB an array: two or three of them stay in the first-level cache. */
    static final int CHUNK = 2048;

    private final float[][] buffers;

    /** Where means go. */
    interface Sink {
        /** @param mean the first {@code length} are those of the vector from {@code at}; may be overwritten */
        void store(int at, float[] mean, int length);
    }

    TreeMean(int ranks) {
        buffers = new float[33 - Integer.numberOfLeadingZeros(ranks)][CHUNK];
    }

    /**
     * The mean of numbers [from, to).
     *
     * @param summands by their first rank, together all ranks
     */
    void mean(Summand[] summands, Weights weights, int from, int to, Sink sink) {
        for (int at = from; at < to; at += CHUNK) {
            int length = Math.min(CHUNK, to - at);
            sum(summands, weights, 0, summands.length, at, length, 0);
            divide(buffers[0], weights.total(), length);
            sink.store(at, buffers[0], length);
        }
    }

    /**
     * The weighed sum of numbers [from, to) over a subtree.
     *
     * @param into from {@code from}, as the summands
     */
    void sum(Summand[] summands, Weights weights, Subtree ranks, int from, int to, Values into) {
        for (int at = from; at < to; at += CHUNK) {
            int length = Math.min(CHUNK, to - at);
            sum(summands, weights, ranks.from(), ranks.to(), at, length, 0);
            into.set(at, buffers[0], length);
        }
    }

    /** Σ wᵣ·xᵣ of ranks [a, b) into the buffer of this depth. */
    private void sum(Summand[] summands, Weights weights, int a, int b, int at, int length, int depth) {
        Summand whole = summands[a];
        if (whole != null && whole.ranks().to() == b) {
            whole.load(weights, at, length, buffers[depth]);
            return;
        }
        int middle = Subtree.middle(a, b);
        sum(summands, weights, a, middle, at, length, depth);
        sum(summands, weights, middle, b, at, length, depth + 1);
        add(buffers[depth], buffers[depth + 1], length);
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
