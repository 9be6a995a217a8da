package dev.starling.worker.network;

import java.util.List;

/**
 * A sequence of layers over an input. Says nothing of how it is trained but the loss, which the last layer needs, and what it is measured against.
 *
 * @param input shape of one example
 * @param layers at least one
 * @param smoothing of targets that are classes, or probabilities
 */
public record NetworkSpec(Shape input, List<LayerSpec> layers, Loss loss, LabelSmoothing smoothing)
        implements java.io.Serializable {
    public NetworkSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("Cannot make a network: no layers (expected at least one)");
        }
    }

    /** Targets as they are. */
    public NetworkSpec(Shape input, List<LayerSpec> layers, Loss loss) {
        this(input, layers, loss, LabelSmoothing.NONE);
    }
}
