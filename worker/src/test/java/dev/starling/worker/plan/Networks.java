package dev.starling.worker.plan;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.UpSampling2d;
import dev.starling.worker.network.Weights;
import java.util.ArrayList;
import java.util.List;

/** Networks that tests of the planned step share. */
final class Networks {
    private Networks() {}

    /** Dense layers with a softmax. */
    static NetworkSpec dense(Activation hidden, int... units) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int i = 1; i < units.length; i++) {
            layers.add(dense("dense" + i, units[i], i < units.length - 1 ? hidden : Activation.Simple.SOFTMAX));
        }
        return new NetworkSpec(new Shape.Flat(units[0]), layers, Loss.CATEGORICAL_CROSSENTROPY);
    }

    /** The course's network for Fashion-MNIST in small: two blocks of convolutions and normalisation, pooling, dense, dropout if its rate is not 0. */
    static NetworkSpec convolutional(Activation activation, Pooling pooling, double dropout) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int filters : new int[] {16, 32}) {
            layers.add(convolution("conv" + filters, filters, activation));
            layers.add(new BatchNormalization("norm" + filters, 0.9, 1e-3));
            layers.add(new Pooling2d("pool" + filters, pooling, 2, 2, 2, 2, Padding.VALID));
        }
        layers.add(new Flatten("flat"));
        layers.add(dense("dense", 48, activation));
        layers.add(new BatchNormalization("norm", 0.9, 1e-3));
        if (dropout > 0) {
            layers.add(new Dropout("dropout", dropout));
        }
        layers.add(dense("output", 10, Activation.Simple.SOFTMAX));
        return new NetworkSpec(new Shape.Image(12, 12, 1), layers, Loss.CATEGORICAL_CROSSENTROPY);
    }

    /** One layer: for the perceptron's rule, which trains nothing before it. */
    static NetworkSpec ending(Activation last, Loss loss, int inputs, int units) {
        return new NetworkSpec(new Shape.Flat(inputs), List.of(dense("only", units, last)), loss);
    }

    /** Convolutions from [6, 5, 2] to values of the same shape. */
    static NetworkSpec imageToImage(Loss loss) {
        List<LayerSpec> layers = List.of(
                convolution("inside", 16, Activation.Simple.TANH), convolution("back", 2, Activation.Simple.SIGMOID));
        return new NetworkSpec(new Shape.Image(6, 5, 2), layers, loss);
    }

    /** From two units to an image of [8, 12, 1], through reshaping and blocks of equal values. */
    static NetworkSpec decoder() {
        List<LayerSpec> layers = List.of(
                dense("rows", 64, Activation.Simple.TANH),
                new Reshape("square", new Shape.Image(4, 2, 8)),
                convolution("inside", 16, Activation.Simple.TANH),
                new BatchNormalization("norm", 0.9, 1e-3),
                new UpSampling2d("up", 2, 3),
                convolution("larger", 8, Activation.Simple.TANH),
                new UpSampling2d("again", 1, 2),
                convolution("back", 1, Activation.Simple.SIGMOID));
        return new NetworkSpec(new Shape.Flat(2), layers, Loss.MEAN_SQUARED_ERROR);
    }

    private static LayerSpec dense(String name, int units, Activation activation) {
        return new Dense(name, units, activation, Weights.DEFAULT);
    }

    private static LayerSpec convolution(String name, int filters, Activation activation) {
        return new Conv2d(name, filters, 3, 3, 1, 1, Padding.SAME, activation, Weights.DEFAULT);
    }
}
