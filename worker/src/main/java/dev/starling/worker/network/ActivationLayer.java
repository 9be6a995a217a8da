package dev.starling.worker.network;

import java.util.Optional;

/** An activation function alone. */
public record ActivationLayer(String name, Activation function) implements LayerSpec {
    @Override
    public String type() {
        return "activation";
    }

    @Override
    public Shape output(Shape input) {
        return function.output(input);
    }

    @Override
    public ActivationLayer with(Activation other) {
        return new ActivationLayer(name, other);
    }

    @Override
    public Optional<Activation> nonlinearity() {
        return Optional.of(function);
    }
}
