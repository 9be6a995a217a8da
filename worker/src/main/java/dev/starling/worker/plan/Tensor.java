package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import org.bytedeco.dnnl.memory;

/**
 * A batch between two kernels: rows × channels × height × width values in whatever order their maker chose, and the gradient of the loss with
 * respect to them in the same order. Flat data have height and width 1.
 *
 * @param layout oneDNN's description of the order
 * @param gradient {@code null} for the network's input, whose gradient nobody needs
 */
record Tensor(
        int rows,
        int channels,
        int height,
        int width,
        memory.desc layout,
        FlatVector values,
        memory valuesMemory,
        FlatVector gradient,
        memory gradientMemory) {

    boolean needsGradient() {
        return gradient != null;
    }

    int area() {
        return height * width;
    }

    /** Values of one example. */
    int exampleSize() {
        return channels * height * width;
    }

    /** Whether values lie example by example, channel by channel, row by row: what matrix products and the network's edges need. */
    boolean isPlain() {
        return layout.equals(OneDnn.plain(rows, channels, height, width));
    }
}
