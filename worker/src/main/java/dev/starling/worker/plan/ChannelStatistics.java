package dev.starling.worker.plan;

import dev.starling.worker.loops.Loops;
import dev.starling.worker.memory.FlatVector;
import org.bytedeco.dnnl.dnnl_blocking_desc_t;

/**
 * Mean and biased variance of each channel over a batch: float sums within one image, double across images, about the first image's mean as pivot. oneDNN's own are one long
 * chain of float sums, whose error (1e-4 of the variance and more) shifts gradients by percents behind nearly dead channels.
 */
final class ChannelStatistics {
    /** Flat data have images of one value: as many rows are summed in float. */
    private static final int ROWS = 64;

    private final Loops loops;
    private final Tensor tensor;
    private final boolean flat;
    private final int block;
    private final int blocksPerImage;
    private final int images;
    private final int positions;
    private final int imageStride;
    private final int blockStride;
    private final float[] pivot;
    private final float[] sums;
    private final float[] squares;
    private final double[] sum;
    private final double[] square;

    ChannelStatistics(Tensor tensor, Loops loops) throws Unplannable {
        this.loops = loops;
        this.tensor = tensor;
        dnnl_blocking_desc_t order = tensor.layout().data().format_desc_blocking();
        this.flat = tensor.area() == 1 && order.inner_nblks() == 0;
        boolean blocked = order.inner_nblks() == 1 && order.inner_idxs().get(0) == 1;
        boolean channelsLast = order.inner_nblks() == 0 && order.strides().get(1) == 1;
        boolean plain = order.inner_nblks() == 0 && order.strides().get(1) == tensor.area();
        if (!flat && !blocked && !channelsLast && !plain) {
            throw new Unplannable(
                    "no batch normalisation over oneDNN's order of " + tensor.channels() + " channels here");
        }
        int channels = tensor.channels();
        this.block = blocked ? Math.toIntExact(order.inner_blks().get(0)) : plain && !flat ? 1 : channels;
        this.blocksPerImage = (channels + block - 1) / block;
        this.images = flat ? (tensor.rows() + ROWS - 1) / ROWS : tensor.rows();
        this.positions = flat ? ROWS : tensor.area();
        this.imageStride = positions * (flat ? channels : block * blocksPerImage);
        this.blockStride = positions * block;
        this.pivot = new float[block];
        this.sums = new float[block];
        this.squares = new float[block];
        this.sum = new double[block];
        this.square = new double[block];
    }

    /** @param mean one per channel, as is {@code variance} */
    void compute(FlatVector mean, FlatVector variance) {
        for (int k = 0; k < blocksPerImage; k++) {
            compute(k, mean, variance);
        }
    }

    private void compute(int k, FlatVector mean, FlatVector variance) {
        java.util.Arrays.fill(pivot, 0f);
        java.util.Arrays.fill(sum, 0);
        java.util.Arrays.fill(square, 0);
        int first = positionsOf(0);
        loops.moments(tensor.values(), k * blockStride, first, block, pivot, sums, squares);
        for (int j = 0; j < block; j++) {
            pivot[j] = sums[j] / first;
        }
        for (int image = 0; image < images; image++) {
            int from = image * imageStride + k * blockStride;
            loops.moments(tensor.values(), from, positionsOf(image), block, pivot, sums, squares);
            for (int j = 0; j < block; j++) {
                sum[j] += sums[j];
                square[j] += squares[j];
            }
        }
        double count = (double) tensor.rows() * tensor.area();
        int channels = Math.min(block, tensor.channels() - k * block);
        for (int j = 0; j < channels; j++) {
            double offset = sum[j] / count;
            mean.floats().put(k * block + j, (float) (pivot[j] + offset));
            variance.floats().put(k * block + j, (float) Math.max(0, square[j] / count - offset * offset));
        }
    }

    private int positionsOf(int image) {
        return flat ? Math.min(positions, tensor.rows() - image * positions) : positions;
    }
}
