package dev.starling.worker.network;

import dev.starling.worker.network.ParameterBlock.Kind;
import java.util.List;

/**
 * Batch normalisation over the last axis (channels or units); running statistics move by
 * running = momentum·running + (1 − momentum)·batch, with the biased variance. DL4J's layer has gamma and beta in any case: what this one is without stays 1, or 0, and is not counted.
 *
 * @param momentum in [0, 1); default 0.99
 * @param epsilon > 0, added to the variance; default 1e-3
 * @param center whether a learned beta is added
 * @param scale whether it is multiplied by a learned gamma
 */
public record BatchNormalization(String name, double momentum, double epsilon, boolean center, boolean scale)
        implements LayerSpec {
    /** With both. */
    public BatchNormalization(String name, double momentum, double epsilon) {
        this(name, momentum, epsilon, true, true);
    }

    @Override
    public String type() {
        return "batchNormalization";
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public boolean has(Kind kind) {
        return kind == Kind.GAMMA ? scale : kind != Kind.BETA || center;
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
