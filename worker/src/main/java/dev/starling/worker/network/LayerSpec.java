package dev.starling.worker.network;

import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.List;
import java.util.Optional;

/**
 * One layer of a network as the experiment file describes it; {@code repeat} is expanded. {@code name} is unique in its network and
 * never empty (the parser gives {@code dense_1}, {@code dense_2}, … where the file has none).
 */
public sealed interface LayerSpec extends java.io.Serializable {
    String name();

    /** The word of the experiment file, for example {@code maxPooling2d}. */
    String type();

    /**
     * The shape of its output for one example.
     *
     * @throws dev.starling.worker.InvalidInput if the layer does not fit its input; names the layer and the shape
     */
    Shape output(Shape input);

    /** What it holds, in the order in which DL4J lays it out. */
    default List<LayerParameter> parameters(Shape input) {
        return List.of();
    }

    /** The activation function that ends it, if it has one. */
    default Optional<Activation> nonlinearity() {
        return Optional.empty();
    }

    /** Weights and their start: shared by the layers that have them. */
    record Weights(Initializer kernel, Initializer bias, Penalty penalty, boolean useBias)
            implements java.io.Serializable {
        public static final Weights DEFAULT =
                new Weights(Initializer.GLOROT_UNIFORM, Initializer.ZEROS, Penalty.NONE, true);
    }

    record Dense(String name, int units, Activation activation, Weights weights) implements LayerSpec {
        @Override
        public String type() {
            return "dense";
        }

        @Override
        public Shape output(Shape input) {
            Fit.of(this, input).positive("units", units).flat();
            return new Shape.Flat(units);
        }

        @Override
        public List<LayerParameter> parameters(Shape input) {
            int length = Math.multiplyExact(input.size(), units);
            return LayerParameter.concat(
                    LayerParameter.kernel(weights, length, input.size(), units), LayerParameter.bias(weights, units));
        }

        @Override
        public Optional<Activation> nonlinearity() {
            return Optional.of(activation);
        }
    }

    /** Over [length, channels]. */
    record Conv1d(
            String name,
            int filters,
            int kernelSize,
            int stride,
            Padding padding,
            Activation activation,
            Weights weights)
            implements LayerSpec {
        @Override
        public String type() {
            return "conv1d";
        }

        /** The same over [length, 1, channels]: DL4J's own one-dimensional layer has no oneDNN path and no flatten. */
        Conv2d asConv2d() {
            return new Conv2d(name, filters, kernelSize, 1, stride, 1, padding, activation, weights);
        }

        @Override
        public Shape output(Shape input) {
            Fit fit = Fit.of(this, input).positive("filters", filters);
            return new Shape.Sequence(fit.sequence().positions(0, kernelSize, stride, padding), filters);
        }

        @Override
        public List<LayerParameter> parameters(Shape input) {
            return asConv2d().parameters(input);
        }

        @Override
        public Optional<Activation> nonlinearity() {
            return Optional.of(activation);
        }
    }

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
            implements LayerSpec {
        @Override
        public String type() {
            return "conv2d";
        }

        @Override
        public Shape output(Shape input) {
            Fit fit = Fit.of(this, input).positive("filters", filters).image();
            int height = fit.positions(0, kernelHeight, strideHeight, padding);
            return new Shape.Image(height, fit.positions(1, kernelWidth, strideWidth, padding), filters);
        }

        /** The bias comes first: so DL4J's convolution has it in the flat vector. */
        @Override
        public List<LayerParameter> parameters(Shape input) {
            int area = Math.multiplyExact(kernelHeight, kernelWidth);
            int fanIn = Math.multiplyExact(area, input.channels());
            int length = Math.multiplyExact(fanIn, filters);
            return LayerParameter.concat(
                    LayerParameter.bias(weights, filters),
                    LayerParameter.kernel(weights, length, fanIn, Math.multiplyExact(area, filters)));
        }

        @Override
        public Optional<Activation> nonlinearity() {
            return Optional.of(activation);
        }
    }

    enum Pooling {
        MAX,
        AVERAGE;

        String type(int axes) {
            return (this == MAX ? "maxPooling" : "averagePooling") + axes + "d";
        }
    }

    record Pooling1d(String name, Pooling kind, int poolSize, int stride, Padding padding) implements LayerSpec {
        @Override
        public String type() {
            return kind.type(1);
        }

        /** The same over [length, 1, channels]. */
        Pooling2d asPooling2d() {
            return new Pooling2d(name, kind, poolSize, 1, stride, 1, padding);
        }

        @Override
        public Shape output(Shape input) {
            Fit fit = Fit.of(this, input).sequence();
            return new Shape.Sequence(fit.positions(0, poolSize, stride, padding), input.channels());
        }
    }

    record Pooling2d(
            String name,
            Pooling kind,
            int poolHeight,
            int poolWidth,
            int strideHeight,
            int strideWidth,
            Padding padding)
            implements LayerSpec {
        @Override
        public String type() {
            return kind.type(2);
        }

        @Override
        public Shape output(Shape input) {
            Fit fit = Fit.of(this, input).image();
            int height = fit.positions(0, poolHeight, strideHeight, padding);
            return new Shape.Image(height, fit.positions(1, poolWidth, strideWidth, padding), input.channels());
        }
    }

    record Flatten(String name) implements LayerSpec {
        @Override
        public String type() {
            return "flatten";
        }

        @Override
        public Shape output(Shape input) {
            return new Shape.Flat(input.size());
        }
    }

    record ActivationLayer(String name, Activation function) implements LayerSpec {
        @Override
        public String type() {
            return "activation";
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public Optional<Activation> nonlinearity() {
            return Optional.of(function);
        }
    }

    /**
     * Batch normalisation over the last axis (channels or units), scale and centre trained; running statistics move by
     * running = momentum·running + (1 − momentum)·batch, with the biased variance.
     *
     * @param momentum in [0, 1); default 0.99
     * @param epsilon > 0, added to the variance; default 1e-3
     */
    record BatchNormalization(String name, double momentum, double epsilon) implements LayerSpec {
        @Override
        public String type() {
            return "batchNormalization";
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public List<LayerParameter> parameters(Shape input) {
            int n = input.channels();
            return List.of(
                    new LayerParameter(Kind.GAMMA, n, n, n, Initializer.ONES, Penalty.NONE),
                    new LayerParameter(Kind.BETA, n, n, n, Initializer.ZEROS, Penalty.NONE),
                    new LayerParameter(Kind.RUNNING_MEAN, n, n, n, Initializer.ZEROS, Penalty.NONE),
                    new LayerParameter(Kind.RUNNING_VARIANCE, n, n, n, Initializer.ONES, Penalty.NONE));
        }
    }

    /**
     * Inverted dropout.
     *
     * @param rate fraction dropped, in [0, 1)
     */
    record Dropout(String name, double rate) implements LayerSpec {
        @Override
        public String type() {
            return "dropout";
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }
}
