package dev.starling.worker.network;

import java.util.List;

/**
 * Layers over an input: a sequence, or what the wiring makes of them. Says nothing of how it is trained but the loss, which the last layer needs, and what it is measured against.
 *
 * @param input shape of one example
 * @param layers at least one, as the user lists them
 * @param smoothing of targets that are classes, or probabilities
 * @param heritage layers that do not learn, or that begin with another model's values
 */
public record NetworkSpec(
        Shape input, List<LayerSpec> layers, Wiring wiring, Loss loss, LabelSmoothing smoothing, Heritage heritage)
        implements java.io.Serializable {
    /** Of one of the outputs, from 0. */
    public Loss lossOf(int output) {
        return wiring.losses().isEmpty() ? loss : wiring.losses().get(output);
    }

    public NetworkSpec {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("Cannot make a network: no layers (expected at least one)");
        }
    }

    /** A sequence; targets as they are, all layers learning from values that are drawn. */
    public NetworkSpec(Shape input, List<LayerSpec> layers, Loss loss) {
        this(input, layers, Wiring.SEQUENCE, loss);
    }

    /** Targets as they are. */
    public NetworkSpec(Shape input, List<LayerSpec> layers, Wiring wiring, Loss loss) {
        this(input, layers, wiring, loss, LabelSmoothing.NONE);
    }

    /** A sequence. */
    public NetworkSpec(Shape input, List<LayerSpec> layers, Loss loss, LabelSmoothing smoothing) {
        this(input, layers, Wiring.SEQUENCE, loss, smoothing);
    }

    /** All layers learning from values that are drawn. */
    public NetworkSpec(Shape input, List<LayerSpec> layers, Wiring wiring, Loss loss, LabelSmoothing smoothing) {
        this(input, layers, wiring, loss, smoothing, Heritage.NONE);
    }

    /** A sequence. */
    public NetworkSpec(Shape input, List<LayerSpec> layers, Loss loss, LabelSmoothing smoothing, Heritage heritage) {
        this(input, layers, Wiring.SEQUENCE, loss, smoothing, heritage);
    }

    /** The same network as others see it who do not train it. */
    public NetworkSpec withoutHeritage() {
        return new NetworkSpec(input, layers, wiring, loss, smoothing);
    }
}
