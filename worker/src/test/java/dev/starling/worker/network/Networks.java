package dev.starling.worker.network;

import dev.starling.worker.network.Activation.Simple;
import java.util.ArrayList;
import java.util.List;

/** Networks that tests share. */
public final class Networks {
    private Networks() {}

    public static Dense dense(int units, Activation activation) {
        return new Dense("dense_" + units, units, activation, Weights.DEFAULT);
    }

    public static Conv2d conv(
            String name, int filters, int kernel, int stride, Padding padding, Activation activation) {
        return new Conv2d(name, filters, kernel, kernel, stride, stride, padding, activation, Weights.DEFAULT);
    }

    public static Pooling2d pool(Pooling kind, int size, int stride, Padding padding) {
        return new Pooling2d("pool_" + size, kind, size, size, stride, stride, padding);
    }

    public static BatchNormalization norm(String name) {
        return new BatchNormalization(name, 0.9, 1e-3);
    }

    /** The notes' net for XOR: 12 + 20 + 5 parameters. */
    public static NetworkSpec xor() {
        return new NetworkSpec(
                new Shape.Flat(2),
                List.of(
                        new Dense("dense_1", 4, Simple.SIGMOID, Weights.DEFAULT),
                        new Dense("dense_2", 4, Simple.SIGMOID, Weights.DEFAULT),
                        new Dense("dense_3", 1, Simple.SIGMOID, Weights.DEFAULT)),
                Loss.BINARY_CROSSENTROPY);
    }

    public static NetworkSpec mlp(int inputs, int hidden, int classes) {
        return new NetworkSpec(
                new Shape.Flat(inputs),
                List.of(
                        new Dense("a", hidden, Simple.TANH, Weights.DEFAULT),
                        norm("n"),
                        new Dense("b", hidden, Simple.TANH, Weights.DEFAULT),
                        new Dense("c", classes, Simple.SOFTMAX, Weights.DEFAULT)),
                Loss.CATEGORICAL_CROSSENTROPY);
    }

    /** The course's network for Fashion-MNIST: 1,679,082 parameters. */
    public static NetworkSpec fashionCnn() {
        List<LayerSpec> layers = new ArrayList<>();
        int filters = 32;
        for (int group = 1; group <= 2; group++) {
            for (int i = 1; i <= 2; i++) {
                layers.add(conv("conv_" + group + i, filters, 3, 1, Padding.SAME, Simple.RELU));
                layers.add(new BatchNormalization("norm_" + group + i, 0.99, 1e-3));
            }
            layers.add(pool(Pooling.MAX, 2, 2, Padding.VALID));
            filters = 64;
        }
        layers.add(new Flatten("features"));
        layers.add(new Dense("dense_1", 512, Simple.RELU, Weights.DEFAULT));
        layers.add(new BatchNormalization("norm_3", 0.99, 1e-3));
        layers.add(new Dropout("dropout", 0.5));
        layers.add(new Dense("dense_2", 10, Simple.SOFTMAX, Weights.DEFAULT));
        return new NetworkSpec(new Shape.Image(28, 28, 1), layers, Loss.CATEGORICAL_CROSSENTROPY);
    }

    /** Every kind of two-dimensional layer, without kinks, on [7, 6, 2]. */
    public static NetworkSpec smoothCnn() {
        return new NetworkSpec(
                new Shape.Image(7, 6, 2),
                List.of(
                        conv("first", 3, 3, 1, Padding.SAME, Simple.TANH),
                        norm("norm"),
                        pool(Pooling.AVERAGE, 2, 2, Padding.SAME),
                        conv("second", 4, 2, 1, Padding.VALID, Simple.SOFTPLUS),
                        new Flatten("flat"),
                        dense(3, Simple.SOFTMAX)),
                Loss.CATEGORICAL_CROSSENTROPY);
    }

    /** Every kind of one-dimensional layer on [9, 2]. */
    public static NetworkSpec smoothSeries() {
        return new NetworkSpec(
                new Shape.Sequence(9, 2),
                List.of(
                        new Conv1d("first", 3, 3, 2, Padding.SAME, Simple.TANH, Weights.DEFAULT),
                        norm("norm"),
                        new Pooling1d("pool", Pooling.AVERAGE, 2, 1, Padding.VALID),
                        new Flatten("flat"),
                        dense(3, Simple.SOFTMAX)),
                Loss.CATEGORICAL_CROSSENTROPY);
    }
}
