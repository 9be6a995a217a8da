package dev.starling.worker.loops;

import dev.starling.worker.memory.FlatVector;
import java.util.Arrays;

/** Loops over chunks copied to the heap and back: C2 vectorises loops over arrays, and does not over buffers. */
final class ChunkLoops implements Loops {
    private static final int CHUNK = 1024;

    private final float[] a = new float[CHUNK];
    private final float[] b = new float[CHUNK];
    private final float[] c = new float[CHUNK];
    private float[] odd = new float[CHUNK];
    private float[] oddSquares = new float[CHUNK];
    private float[] wide = a;

    @Override
    public void addBias(FlatVector z, FlatVector bias, int rows, int n) {
        for (int from = 0; from < n; from += CHUNK) {
            int length = Math.min(CHUNK, n - from);
            bias.get(from, b, 0, length);
            for (int r = 0; r < rows; r++) {
                int at = r * n + from;
                z.get(at, a, 0, length);
                add(a, b, length);
                z.set(at, a, 0, length);
            }
        }
    }

    @Override
    public void addBiasRelu(FlatVector z, FlatVector bias, int rows, int n) {
        for (int from = 0; from < n; from += CHUNK) {
            int length = Math.min(CHUNK, n - from);
            bias.get(from, b, 0, length);
            for (int r = 0; r < rows; r++) {
                int at = r * n + from;
                z.get(at, a, 0, length);
                addRelu(a, b, length);
                z.set(at, a, 0, length);
            }
        }
    }

    @Override
    public void columnSums(FlatVector d, int rows, int n, FlatVector sums) {
        for (int from = 0; from < n; from += CHUNK) {
            int length = Math.min(CHUNK, n - from);
            Arrays.fill(c, 0, length, 0f);
            for (int r = 0; r < rows; r++) {
                d.get(r * n + from, a, 0, length);
                add(c, a, length);
            }
            sums.set(from, c, 0, length);
        }
    }

    @Override
    public void reluBackwardColumnSums(FlatVector d, FlatVector activations, int rows, int n, FlatVector sums) {
        for (int from = 0; from < n; from += CHUNK) {
            int length = Math.min(CHUNK, n - from);
            Arrays.fill(c, 0, length, 0f);
            for (int r = 0; r < rows; r++) {
                int at = r * n + from;
                d.get(at, a, 0, length);
                activations.get(at, b, 0, length);
                maskPositive(a, b, length);
                d.set(at, a, 0, length);
                add(c, a, length);
            }
            sums.set(from, c, 0, length);
        }
    }

    @Override
    public void multiply(FlatVector x, FlatVector factor, FlatVector product, int length) {
        for (int from = 0; from < length; from += CHUNK) {
            int n = Math.min(CHUNK, length - from);
            x.get(from, a, 0, n);
            factor.get(from, b, 0, n);
            for (int i = 0; i < n; i++) {
                a[i] *= b[i];
            }
            product.set(from, a, 0, n);
        }
    }

    @Override
    public void add(FlatVector x, FlatVector y, FlatVector sum, int length) {
        for (int from = 0; from < length; from += CHUNK) {
            int n = Math.min(CHUNK, length - from);
            x.get(from, a, 0, n);
            y.get(from, b, 0, n);
            for (int i = 0; i < n; i++) {
                a[i] += b[i];
            }
            sum.set(from, a, 0, n);
        }
    }

    @Override
    public void moments(FlatVector x, int offset, int count, int width, float[] pivot, float[] sums, float[] squares) {
        if (odd.length < width) {
            odd = new float[width];
            oddSquares = new float[width];
            wide = new float[width];
        }
        Arrays.fill(odd, 0, width, 0f);
        Arrays.fill(oddSquares, 0, width, 0f);
        Arrays.fill(sums, 0, width, 0f);
        Arrays.fill(squares, 0, width, 0f);
        for (int i = 0; i < count; i++) {
            x.get(offset + i * width, wide, 0, width);
            boolean even = (i & 1) == 0;
            accumulate(wide, pivot, even ? sums : odd, even ? squares : oddSquares, width);
        }
        add(sums, odd, width);
        add(squares, oddSquares, width);
    }

    @Override
    public String description() {
        return "chunks";
    }

    private static void add(float[] to, float[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += from[i];
        }
    }

    private static void addRelu(float[] to, float[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.max(to[i] + from[i], 0f);
        }
    }

    /** Without a branch: a ReLU's output times 2¹²⁷, cut at 1, is 1 where it is positive (but for denormals below 2⁻¹²⁷) and 0 elsewhere. */
    private static void maskPositive(float[] d, float[] activation, int n) {
        for (int i = 0; i < n; i++) {
            d[i] *= Math.min(activation[i] * 0x1p127f, 1f);
        }
    }

    private static void accumulate(float[] row, float[] pivot, float[] sums, float[] squares, int n) {
        for (int j = 0; j < n; j++) {
            float centred = row[j] - pivot[j];
            sums[j] += centred;
            squares[j] += centred * centred;
        }
    }
}
