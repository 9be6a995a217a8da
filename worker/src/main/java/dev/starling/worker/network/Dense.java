package dev.starling.worker.network;

import java.util.List;
import java.util.Optional;

/** Every unit sees every value of its input, which has one axis. */
public record Dense(String name, int units, Activation activation, Weights weights) implements LayerSpec {
    @Override
    public String type() {
        return "dense";
    }

    @Override
    public Shape output(Shape input) {
        Fit.of(this, input).positive("units", units).flat();
        return activation.output(new Shape.Flat(units));
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

    @Override
    public Dense with(Activation function) {
        return new Dense(name, units, function, weights);
    }

    @Override
    public ActivityPenalty activity() {
        return weights.activity();
    }

    @Override
    public LayerSpec withoutActivityPenalty() {
        return new Dense(name, units, activation, weights.with(ActivityPenalty.NONE));
    }
}
