package dev.starling.worker.loops;

import dev.starling.worker.memory.FlatVector;

/**
 * The element loops of a training step, over flat vectors. Implementations give the same bits: no fused multiply-add, and sums in the order that
 * each method states. One thread uses an instance (it may own scratch arrays).
 */
public interface Loops {
    /** z[r, j] ← z[r, j] + bias[j]; z is rows × n. */
    void addBias(FlatVector z, FlatVector bias, int rows, int n);

    /** z[r, j] ← max(z[r, j] + bias[j], 0). */
    void addBiasRelu(FlatVector z, FlatVector bias, int rows, int n);

    /** sums[j] ← Σ_r d[r, j], in the order of r. */
    void columnSums(FlatVector d, int rows, int n, FlatVector sums);

    /** d[r, j] ← d[r, j] where a[r, j] > 0, else 0; then {@link #columnSums}. a is the output of a ReLU. */
    void reluBackwardColumnSums(FlatVector d, FlatVector a, int rows, int n, FlatVector sums);

    /** product[i] ← x[i] · factor[i] for i < length; product may be x. */
    void multiply(FlatVector x, FlatVector factor, FlatVector product, int length);

    /** sum[i] ← x[i] + y[i] for i < length; sum may be x or y. */
    void add(FlatVector x, FlatVector y, FlatVector sum, int length);

    /**
     * For each of {@code width} columns of the {@code count} × width floats from {@code offset}: sums[j] ← Σ (x − pivot[j]), squares[j] ← Σ (x − pivot[j])², in the order of
     * the rows, even and odd ones apart.
     */
    void moments(FlatVector x, int offset, int count, int width, float[] pivot, float[] sums, float[] squares);

    /** What provenance says: {@code vector512}, {@code chunks}, … */
    String description();
}
