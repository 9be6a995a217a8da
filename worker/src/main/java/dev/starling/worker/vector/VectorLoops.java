package dev.starling.worker.vector;

import dev.starling.worker.loops.Loops;
import dev.starling.worker.memory.FlatVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Loops} by the Vector API, in place on memory outside the heap. What is left over at the end of a row goes one by one. */
public final class VectorLoops implements Loops {
    private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
    private static final int LANES = Lanes.COUNT;
    private static final int STRIDE = Lanes.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final FloatVector ZERO = FloatVector.zero(SPECIES);

    @Override
    public void addBias(FlatVector z, FlatVector bias, int rows, int n) {
        ByteBuffer zs = z.bytes();
        ByteBuffer bs = bias.bytes();
        int end = 4 * (n - n % LANES);
        for (int r = 0; r < rows; r++) {
            int row = 4 * r * n;
            for (int j = 0; j < end; j += STRIDE) {
                FloatVector.fromByteBuffer(SPECIES, zs, row + j, ORDER)
                        .add(FloatVector.fromByteBuffer(SPECIES, bs, j, ORDER))
                        .intoByteBuffer(zs, row + j, ORDER);
            }
            for (int j = end / 4; j < n; j++) {
                int at = r * n + j;
                z.floats().put(at, z.floats().get(at) + bias.floats().get(j));
            }
        }
    }

    @Override
    public void addBiasRelu(FlatVector z, FlatVector bias, int rows, int n) {
        ByteBuffer zs = z.bytes();
        ByteBuffer bs = bias.bytes();
        int end = 4 * (n - n % LANES);
        for (int r = 0; r < rows; r++) {
            int row = 4 * r * n;
            for (int j = 0; j < end; j += STRIDE) {
                FloatVector.fromByteBuffer(SPECIES, zs, row + j, ORDER)
                        .add(FloatVector.fromByteBuffer(SPECIES, bs, j, ORDER))
                        .max(0f)
                        .intoByteBuffer(zs, row + j, ORDER);
            }
            for (int j = end / 4; j < n; j++) {
                int at = r * n + j;
                z.floats().put(at, Math.max(z.floats().get(at) + bias.floats().get(j), 0f));
            }
        }
    }

    @Override
    public void columnSums(FlatVector d, int rows, int n, FlatVector sums) {
        ByteBuffer ds = d.bytes();
        int end = 4 * (n - n % LANES);
        for (int j = 0; j < end; j += STRIDE) {
            // Sums start from the first row: from a constant the compiler carries them as objects through the loop.
            FloatVector sum = FloatVector.fromByteBuffer(SPECIES, ds, j, ORDER);
            for (int r = 1, at = j + 4 * n; r < rows; r++, at += 4 * n) {
                sum = sum.add(FloatVector.fromByteBuffer(SPECIES, ds, at, ORDER));
            }
            sum.intoByteBuffer(sums.bytes(), j, ORDER);
        }
        for (int j = end / 4; j < n; j++) {
            float sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += d.floats().get(r * n + j);
            }
            sums.floats().put(j, sum);
        }
    }

    @Override
    public void reluBackwardColumnSums(FlatVector d, FlatVector a, int rows, int n, FlatVector sums) {
        ByteBuffer ds = d.bytes();
        ByteBuffer as = a.bytes();
        int end = 4 * (n - n % LANES);
        for (int j = 0; j < end; j += STRIDE) {
            VectorMask<Float> first =
                    FloatVector.fromByteBuffer(SPECIES, as, j, ORDER).compare(VectorOperators.GT, 0f);
            FloatVector sum = ZERO.blend(FloatVector.fromByteBuffer(SPECIES, ds, j, ORDER), first);
            sum.intoByteBuffer(ds, j, ORDER);
            for (int r = 1, at = j + 4 * n; r < rows; r++, at += 4 * n) {
                VectorMask<Float> positive =
                        FloatVector.fromByteBuffer(SPECIES, as, at, ORDER).compare(VectorOperators.GT, 0f);
                FloatVector kept = ZERO.blend(FloatVector.fromByteBuffer(SPECIES, ds, at, ORDER), positive);
                kept.intoByteBuffer(ds, at, ORDER);
                sum = sum.add(kept);
            }
            sum.intoByteBuffer(sums.bytes(), j, ORDER);
        }
        for (int j = end / 4; j < n; j++) {
            reluBackwardColumn(d.floats(), a.floats(), rows, n, j, sums.floats());
        }
    }

    private static void reluBackwardColumn(FloatBuffer d, FloatBuffer a, int rows, int n, int j, FloatBuffer sums) {
        float sum = 0;
        for (int r = 0, at = j; r < rows; r++, at += n) {
            float kept = a.get(at) > 0 ? d.get(at) : 0f;
            d.put(at, kept);
            sum += kept;
        }
        sums.put(j, sum);
    }

    @Override
    public void multiply(FlatVector x, FlatVector factor, FlatVector product, int length) {
        ByteBuffer xs = x.bytes();
        ByteBuffer fs = factor.bytes();
        int end = 4 * (length - length % LANES);
        for (int i = 0; i < end; i += STRIDE) {
            FloatVector.fromByteBuffer(SPECIES, xs, i, ORDER)
                    .mul(FloatVector.fromByteBuffer(SPECIES, fs, i, ORDER))
                    .intoByteBuffer(product.bytes(), i, ORDER);
        }
        for (int i = end / 4; i < length; i++) {
            product.floats().put(i, x.floats().get(i) * factor.floats().get(i));
        }
    }

    @Override
    public void add(FlatVector x, FlatVector y, FlatVector sum, int length) {
        ByteBuffer xs = x.bytes();
        ByteBuffer ys = y.bytes();
        int end = 4 * (length - length % LANES);
        for (int i = 0; i < end; i += STRIDE) {
            FloatVector.fromByteBuffer(SPECIES, xs, i, ORDER)
                    .add(FloatVector.fromByteBuffer(SPECIES, ys, i, ORDER))
                    .intoByteBuffer(sum.bytes(), i, ORDER);
        }
        for (int i = end / 4; i < length; i++) {
            sum.floats().put(i, x.floats().get(i) + y.floats().get(i));
        }
    }

    @Override
    public void moments(FlatVector x, int offset, int count, int width, float[] pivot, float[] sums, float[] squares) {
        int end = width - width % LANES;
        for (int j = 0; j < end; j += LANES) {
            momentsOfLanes(x.bytes(), 4 * (offset + j), count, 4 * width, j, pivot, sums, squares);
        }
        for (int j = end; j < width; j++) {
            momentsOfColumn(x.floats(), offset + j, count, width, j, pivot[j], sums, squares);
        }
    }

    /** Two chains of sums, even and odd rows, so that an addition need not wait for the one before. */
    private static void momentsOfLanes(
            ByteBuffer x, int from, int count, int stride, int j, float[] pivot, float[] sums, float[] squares) {
        FloatVector p = FloatVector.fromArray(SPECIES, pivot, j);
        FloatVector even = FloatVector.fromByteBuffer(SPECIES, x, from, ORDER).sub(p);
        FloatVector evenSquares = even.mul(even);
        if (count == 1) {
            even.intoArray(sums, j);
            evenSquares.intoArray(squares, j);
            return;
        }
        FloatVector odd =
                FloatVector.fromByteBuffer(SPECIES, x, from + stride, ORDER).sub(p);
        FloatVector oddSquares = odd.mul(odd);
        int at = from + 2 * stride;
        for (int i = 2; i + 1 < count; i += 2, at += 2 * stride) {
            FloatVector u = FloatVector.fromByteBuffer(SPECIES, x, at, ORDER).sub(p);
            FloatVector v =
                    FloatVector.fromByteBuffer(SPECIES, x, at + stride, ORDER).sub(p);
            even = even.add(u);
            odd = odd.add(v);
            evenSquares = evenSquares.add(u.mul(u));
            oddSquares = oddSquares.add(v.mul(v));
        }
        if ((count & 1) == 1) {
            FloatVector u = FloatVector.fromByteBuffer(SPECIES, x, at, ORDER).sub(p);
            even = even.add(u);
            evenSquares = evenSquares.add(u.mul(u));
        }
        even.add(odd).intoArray(sums, j);
        evenSquares.add(oddSquares).intoArray(squares, j);
    }

    private static void momentsOfColumn(
            FloatBuffer x, int from, int count, int stride, int j, float pivot, float[] sums, float[] squares) {
        float even = 0;
        float odd = 0;
        float evenSquares = 0;
        float oddSquares = 0;
        for (int i = 0; i < count; i++) {
            float centred = x.get(from + i * stride) - pivot;
            if ((i & 1) == 0) {
                even += centred;
                evenSquares += centred * centred;
            } else {
                odd += centred;
                oddSquares += centred * centred;
            }
        }
        sums[j] = even + odd;
        squares[j] = evenSquares + oddSquares;
    }

    @Override
    public String description() {
        return "vector" + SPECIES.vectorBitSize();
    }
}
