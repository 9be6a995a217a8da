package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;

/** The layers of a DL4J network whose activations cost something: put into it by {@link #into}, for training; what is stored has none. */
public final class Penalized {
    private final List<PenalizedLayer> layers;

    private Penalized(List<PenalizedLayer> layers) {
        this.layers = layers;
    }

    /** @param network as {@link Dl4jNetwork#model} makes it of the spec; its layers with penalties are replaced by such that know them */
    public static Penalized into(Model network, NetworkSpec spec) {
        List<PenalizedLayer> wrapped = new ArrayList<>();
        for (LayerSpec layer : spec.layers()) {
            if (!layer.activity().isNone()) {
                Activation activation = layer.nonlinearity().orElse(Activation.Simple.LINEAR);
                wrapped.addAll(Replaced.layers(
                        network, layer.name(), stock -> new PenalizedLayer(stock, layer.activity(), activation)));
            }
        }
        return new Penalized(wrapped);
    }

    /** What the last batch's activations cost, per example in the mean. */
    public double cost() {
        return layers.stream().mapToDouble(PenalizedLayer::cost).sum();
    }
}
