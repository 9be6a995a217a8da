package dev.starling.worker.network;

import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.List;

/**
 * Batch normalisation over the last axis (channels or units), scale and centre trained; running statistics move by
 * running = momentum·running + (1 − momentum)·batch, with the biased variance.
 *
 * @param momentum in [0, 1); default 0.99
 * @param epsilon > 0, added to the variance; default 1e-3
 */
public record BatchNormalization(String name, double momentum, double epsilon) implements LayerSpec {
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
