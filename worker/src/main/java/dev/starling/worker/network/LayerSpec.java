package dev.starling.worker.network;

/**
 * One layer of a network as the experiment file describes it; {@code repeat} is expanded. {@code name} is unique in its network and
 * never empty (the parser gives {@code dense_1}, {@code dense_2}, … where the file has none).
 */
public sealed interface LayerSpec {
    String name();

    /** Weights and their start: shared by the layers that have them. */
    record Weights(Initializer kernel, Initializer bias, Penalty penalty, boolean useBias) {
        public static final Weights DEFAULT =
                new Weights(Initializer.GLOROT_UNIFORM, Initializer.ZEROS, Penalty.NONE, true);
    }

    record Dense(String name, int units, Activation activation, Weights weights) implements LayerSpec {}

    /** Over [length, channels]. */
    record Conv1d(
            String name,
            int filters,
            int kernelSize,
            int stride,
            Padding padding,
            Activation activation,
            Weights weights)
            implements LayerSpec {}

    /** Over [height, width, channels]. */
    record Conv2d(
            String name,
            int filters,
            int kernelHeight,
            int kernelWidth,
            int strideHeight,
            int strideWidth,
            Padding padding,
            Activation activation,
            Weights weights)
            implements LayerSpec {}

    enum Pooling {
        MAX,
        AVERAGE
    }

    record Pooling1d(String name, Pooling kind, int poolSize, int stride, Padding padding) implements LayerSpec {}

    record Pooling2d(
            String name,
            Pooling kind,
            int poolHeight,
            int poolWidth,
            int strideHeight,
            int strideWidth,
            Padding padding)
            implements LayerSpec {}

    record Flatten(String name) implements LayerSpec {}

    record ActivationLayer(String name, Activation function) implements LayerSpec {}

    /**
     * Batch normalisation over the last axis (channels or units), scale and centre trained; running statistics move by
     * running = momentum·running + (1 − momentum)·batch, with the biased variance.
     *
     * @param momentum in [0, 1); default 0.99
     * @param epsilon > 0, added to the variance; default 1e-3
     */
    record BatchNormalization(String name, double momentum, double epsilon) implements LayerSpec {}

    /** Inverted dropout; @param rate fraction dropped, in [0, 1) */
    record Dropout(String name, double rate) implements LayerSpec {}
}
