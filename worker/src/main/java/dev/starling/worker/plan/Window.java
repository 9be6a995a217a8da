package dev.starling.worker.plan;

import dev.starling.worker.network.Padding;

/** The window of a convolution or pooling over an input: its size, strides, padding before and after, and the output that it gives. */
record Window(int height, int width, int outputHeight, int outputWidth, long[] strides, long[] before, long[] after) {

    static Window of(Padding padding, Tensor input, int height, int width, int strideHeight, int strideWidth) {
        int outputHeight = padding.positions(input.height(), height, strideHeight);
        int outputWidth = padding.positions(input.width(), width, strideWidth);
        long top = padding.before(input.height(), height, strideHeight);
        long left = padding.before(input.width(), width, strideWidth);
        return new Window(
                height,
                width,
                outputHeight,
                outputWidth,
                new long[] {strideHeight, strideWidth},
                new long[] {top, left},
                new long[] {
                    after(input.height(), height, strideHeight, outputHeight, top),
                    after(input.width(), width, strideWidth, outputWidth, left)
                });
    }

    /** What the last position reaches beyond the input; where values are left over instead, nothing. */
    private static long after(int input, int kernel, int stride, int positions, long before) {
        return Math.max((long) (positions - 1) * stride + kernel - input - before, 0);
    }

    long[] size() {
        return new long[] {height, width};
    }
}
