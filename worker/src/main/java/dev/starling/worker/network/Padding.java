package dev.starling.worker.network;

/** Padding of convolutions and pooling, as Keras: {@code same} gives ceil(n ÷ stride) positions, {@code valid} ⌊(n − k) ÷ stride⌋ + 1. */
public enum Padding {
    SAME,
    VALID;

    /** Positions along one axis; ≤ 0 if the kernel does not fit. */
    public int positions(int input, int kernel, int stride) {
        return this == SAME ? (input + stride - 1) / stride : input < kernel ? 0 : (input - kernel) / stride + 1;
    }

    /** Zeros before the first value of the axis; of an odd total the smaller half, as Keras and DL4J. */
    public int before(int input, int kernel, int stride) {
        if (this == VALID) {
            return 0;
        }
        int total = Math.max((positions(input, kernel, stride) - 1) * stride + kernel - input, 0);
        return total / 2;
    }
}
