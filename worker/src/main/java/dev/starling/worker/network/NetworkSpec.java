package dev.starling.worker.network;

import java.util.List;

/**
 * A sequence of layers over an input. Says nothing of how it is trained but the loss, which the last layer needs.
 *
 * @param input shape of one example
 * @param layers at least one
 */
public record NetworkSpec(Shape input, List<LayerSpec> layers, Loss loss) implements java.io.Serializable {
    public NetworkSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("Cannot make a network: no layers (expected at least one)");
        }
    }
}
