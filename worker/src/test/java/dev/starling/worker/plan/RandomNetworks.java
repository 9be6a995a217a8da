package dev.starling.worker.plan;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws networks from what the planner knows. Kink-free ones have smooth activations and average pooling, so that float and double stay on the same side everywhere. */
final class RandomNetworks {
    private final SplittableRandom random;
    private final boolean smooth;
    private int names;

    RandomNetworks(long seed, boolean smooth) {
        this.random = new SplittableRandom(seed);
        this.smooth = smooth;
    }

    NetworkSpec draw() {
        names = 0;
        int kind = random.nextInt(3);
        List<LayerSpec> layers = new ArrayList<>();
        Shape input =
                switch (kind) {
                    case 0 -> new Shape.Flat(1 + random.nextInt(40));
                    case 1 -> new Shape.Sequence(6 + random.nextInt(14), 1 + random.nextInt(5));
                    default -> new Shape.Image(6 + random.nextInt(9), 6 + random.nextInt(9), 1 + random.nextInt(4));
                };
        Shape shape = input;
        if (kind > 0) {
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                shape = append(layers, kind == 1 ? overSequence() : overImage(), shape);
            }
            shape = append(layers, new Flatten(name()), shape);
        }
        for (int i = random.nextInt(kind > 0 ? 2 : 4); i > 0; i--) {
            shape = append(layers, overFlat(), shape);
        }
        List<Loss> losses = new ArrayList<>(List.of(Loss.values()));
        losses.remove(Loss.PERCEPTRON);
        Loss loss = losses.get(random.nextInt(losses.size()));
        layers.add(last(loss));
        return new NetworkSpec(input, layers, loss);
    }

    /** A layer that does not fit (a window larger than what is left) is left out. */
    private static Shape append(List<LayerSpec> layers, LayerSpec layer, Shape shape) {
        try {
            Shape output = layer.output(shape);
            layers.add(layer);
            return output;
        } catch (dev.starling.worker.InvalidInput tooLarge) {
            return shape;
        }
    }

    private LayerSpec overSequence() {
        return switch (random.nextInt(4)) {
            case 0 -> new Pooling1d(name(), pooling(), 2, 1 + random.nextInt(2), padding());
            case 1 -> normalization();
            default ->
                new Conv1d(
                        name(),
                        filters(),
                        1 + random.nextInt(3),
                        1 + random.nextInt(2),
                        padding(),
                        activation(),
                        weights());
        };
    }

    private LayerSpec overImage() {
        return switch (random.nextInt(5)) {
            case 0 ->
                new Pooling2d(
                        name(),
                        pooling(),
                        2,
                        1 + random.nextInt(2),
                        1 + random.nextInt(2),
                        1 + random.nextInt(2),
                        padding());
            case 1 -> normalization();
            case 2 -> new ActivationLayer(name(), activation());
            default ->
                new Conv2d(
                        name(),
                        filters(),
                        1 + random.nextInt(3),
                        1 + random.nextInt(3),
                        1 + random.nextInt(2),
                        1 + random.nextInt(2),
                        padding(),
                        activation(),
                        weights());
        };
    }

    private LayerSpec overFlat() {
        return switch (random.nextInt(5)) {
            case 0 -> normalization();
            case 1 -> new ActivationLayer(name(), activation());
            default -> new Dense(name(), 1 + random.nextInt(40), activation(), weights());
        };
    }

    private LayerSpec last(Loss loss) {
        Activation activation =
                switch (loss) {
                    case CATEGORICAL_CROSSENTROPY -> Activation.Simple.SOFTMAX;
                    case BINARY_CROSSENTROPY, KL_DIVERGENCE -> Activation.Simple.SIGMOID;
                    case POISSON, MEAN_SQUARED_LOGARITHMIC_ERROR -> Activation.Simple.SOFTPLUS;
                    default -> activation();
                };
        int units = loss == Loss.CATEGORICAL_CROSSENTROPY ? 2 + random.nextInt(9) : 1 + random.nextInt(4);
        return new Dense(name(), units, activation, Weights.DEFAULT);
    }

    private LayerSpec normalization() {
        return new BatchNormalization(name(), 0.9, 1e-3);
    }

    private Activation activation() {
        List<Activation> smoothOnes = List.of(
                Activation.Simple.TANH,
                Activation.Simple.SIGMOID,
                Activation.Simple.LINEAR,
                Activation.Simple.SOFTPLUS,
                Activation.Simple.SWISH,
                new Activation.Elu(1));
        if (smooth || random.nextInt(2) == 0) {
            return smoothOnes.get(random.nextInt(smoothOnes.size()));
        }
        List<Activation> kinked = List.of(
                Activation.Simple.RELU,
                Activation.Simple.HARD_SIGMOID,
                Activation.Simple.SELU,
                new Activation.LeakyRelu(0.1),
                new Activation.RandomizedRelu(0.1, 0.3),
                new Activation.Elu(0.5));
        return kinked.get(random.nextInt(kinked.size()));
    }

    private Weights weights() {
        Weights d = Weights.DEFAULT;
        return new Weights(d.kernel(), d.bias(), d.penalty(), random.nextInt(5) > 0);
    }

    private int filters() {
        int[] sizes = {3, 8, 16, 20, 32};
        return sizes[random.nextInt(sizes.length)];
    }

    private Pooling pooling() {
        return smooth || random.nextBoolean() ? Pooling.AVERAGE : Pooling.MAX;
    }

    private Padding padding() {
        return random.nextBoolean() ? Padding.SAME : Padding.VALID;
    }

    private String name() {
        return "layer" + ++names;
    }
}
