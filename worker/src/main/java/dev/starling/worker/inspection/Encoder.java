package dev.starling.worker.inspection;

import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.SubNetwork;
import java.io.Serializable;
import java.util.List;

/**
 * A trained network from its input up to one of its layers: what it gives is the code.
 *
 * @param network ends with that layer, flat; its loss means nothing
 * @param parameters of it alone; not copied: they must not change
 */
public record Encoder(NetworkSpec network, float[] parameters) implements Serializable {
    /**
     * Cuts a network off.
     *
     * @param parameters of the whole network, in its order
     * @param layer the last one that is kept
     * @throws dev.starling.worker.InvalidInput if it has no layer of that name, or none up to it has weights
     */
    public static Encoder upTo(NetworkSpec network, float[] parameters, String layer) {
        SubNetwork part = SubNetwork.upTo(network, layer);
        return new Encoder(part.network(), part.parameters(parameters));
    }

    /** The name of the layer, the last one aside, that gives the fewest values: where an autoencoder is narrowest. */
    public static String narrowest(NetworkSpec network) {
        List<LayerLayout> layers = NetworkLayout.of(network).layers();
        LayerLayout best = layers.get(0);
        for (LayerLayout layer : layers.subList(0, Math.max(1, layers.size() - 1))) {
            best = layer.output().size() < best.output().size() ? layer : best;
        }
        return best.spec().name();
    }

    /** Values of a code. */
    public int width() {
        return NetworkLayout.of(network).output().size();
    }
}
