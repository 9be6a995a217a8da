package dev.starling.worker.inspection;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The function that an encoder is in inference, by layers that do the same in training, so that a training step's gradient is its derivative: noise is left out, and batch normalisation with its running statistics is what it then
 * is, a factor and an offset per channel, written as a layer with a diagonal kernel.
 */
final class StillNetwork {
    private final List<LayerSpec> layers = new ArrayList<>();
    private final List<float[]> parameters = new ArrayList<>();

    StillNetwork(Encoder encoder) {
        for (LayerLayout layer : NetworkLayout.of(encoder.network()).layers()) {
            if (layer.spec() instanceof BatchNormalization norm) {
                add(norm, layer, encoder.parameters());
            } else if (!isNoise(layer.spec())) {
                layers.add(still(layer.spec()));
                layer.blocks().forEach(block -> parameters.add(values(block, encoder.parameters())));
            }
        }
    }

    /** A random slope is its mean. */
    private static LayerSpec still(LayerSpec layer) {
        return layer.nonlinearity().orElse(Activation.Simple.LINEAR) instanceof Activation.RandomizedRelu random
                ? layer.with(random.mean())
                : layer;
    }

    private static boolean isNoise(LayerSpec layer) {
        return layer instanceof Dropout || layer instanceof GaussianNoise || layer instanceof GaussianDropout;
    }

    List<LayerSpec> layers() {
        return layers;
    }

    /** In the order of the layers. */
    float[] parameters() {
        float[] all =
                new float[parameters.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parameters) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private void add(BatchNormalization norm, LayerLayout layer, float[] all) {
        float[] gamma = values(layer, Kind.GAMMA, all);
        float[] beta = values(layer, Kind.BETA, all);
        float[] mean = values(layer, Kind.RUNNING_MEAN, all);
        float[] variance = values(layer, Kind.RUNNING_VARIANCE, all);
        int n = gamma.length;
        float[] kernel = new float[n * n];
        float[] bias = new float[n];
        for (int i = 0; i < n; i++) {
            double factor = gamma[i] / Math.sqrt(variance[i] + norm.epsilon());
            kernel[i * n + i] = (float) factor;
            bias[i] = (float) (beta[i] - mean[i] * factor);
        }
        boolean flat = layer.output() instanceof Shape.Flat;
        layers.add(diagonal(norm.name(), n, layer.output()));
        parameters.add(flat ? kernel : bias);
        parameters.add(flat ? bias : kernel);
    }

    private static LayerSpec diagonal(String name, int n, Shape shape) {
        Activation linear = Activation.Simple.LINEAR;
        if (shape instanceof Shape.Flat) {
            return new Dense(name, n, linear, Weights.DEFAULT);
        }
        return shape instanceof Shape.Sequence
                ? new Conv1d(name, n, 1, 1, Padding.VALID, linear, Weights.DEFAULT)
                : new Conv2d(name, n, 1, 1, 1, 1, Padding.VALID, linear, Weights.DEFAULT);
    }

    private static float[] values(LayerLayout layer, Kind kind, float[] all) {
        ParameterBlock block = layer.blocks().stream()
                .filter(b -> b.kind() == kind)
                .findFirst()
                .orElseThrow();
        return values(block, all);
    }

    private static float[] values(ParameterBlock block, float[] all) {
        return Arrays.copyOfRange(all, block.offset(), block.offset() + block.length());
    }
}
