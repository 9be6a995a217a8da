package dev.starling.worker.network;

import java.util.List;
import java.util.Optional;

/** Over [length, channels]. */
public record Conv1d(
        String name, int filters, int kernelSize, int stride, Padding padding, Activation activation, Weights weights)
        implements LayerSpec {
    @Override
    public String type() {
        return "conv1d";
    }

    /** The same over [length, 1, channels]: DL4J's own one-dimensional layer has no oneDNN path and no flatten. */
    public Conv2d asConv2d() {
        return new Conv2d(name, filters, kernelSize, 1, stride, 1, padding, activation, weights);
    }

    @Override
    public Shape output(Shape input) {
        Fit fit = Fit.of(this, input).positive("filters", filters);
        int length = fit.sequence().positions(0, kernelSize, stride, padding);
        return activation.output(new Shape.Sequence(length, filters));
    }

    @Override
    public List<LayerParameter> parameters(Shape input) {
        return asConv2d().parameters(input);
    }

    @Override
    public Optional<Activation> nonlinearity() {
        return Optional.of(activation);
    }

    @Override
    public Conv1d with(Activation function) {
        return new Conv1d(name, filters, kernelSize, stride, padding, function, weights);
    }

    @Override
    public ActivityPenalty activity() {
        return weights.activity();
    }

    @Override
    public LayerSpec withoutActivityPenalty() {
        return new Conv1d(name, filters, kernelSize, stride, padding, activation, weights.with(ActivityPenalty.NONE));
    }
}
