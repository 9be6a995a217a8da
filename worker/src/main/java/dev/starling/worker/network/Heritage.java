package dev.starling.worker.network;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.memory.FlatVector;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What a network has from elsewhere than its training: layers that do not learn, and layers whose first values are another model's instead of drawn.
 *
 * @param frozen names of layers whose weights stay as they are; batch normalisation among them uses its running statistics in training too, and does not move them. As in Keras,
 *     dropout goes on dropping. They have no penalty
 * @param model where the other model lies, a run's directory: an absolute path or a URI; empty if there is none
 * @param parts of it that are taken over
 */
public record Heritage(Set<String> frozen, String model, List<Part> parts) implements Serializable {
    public static final Heritage NONE = new Heritage(Set.of(), "", List.of());

    public Heritage {
        frozen = Set.copyOf(frozen);
        parts = List.copyOf(parts);
    }

    /**
     * All values of one layer.
     *
     * @param layer its name here
     * @param offset of its first value in the other model's parameters
     * @param length values
     */
    public record Part(String layer, int offset, int length) implements Serializable {}

    /** The layers of a network, by the same names, that have values. */
    public static List<Part> partsOf(NetworkLayout layout, List<String> layers) {
        return layout.layers().stream()
                .filter(layer -> layers.contains(layer.spec().name()))
                .filter(layer -> !layer.blocks().isEmpty())
                .map(layer ->
                        new Part(layer.spec().name(), layer.blocks().get(0).offset(), layer.parameters()))
                .toList();
    }

    /** Whether any value is another model's. */
    public boolean hasModel() {
        return !parts.isEmpty();
    }

    /**
     * Overwrites the values of the layers that are taken over.
     *
     * @param model all parameters of the other model
     * @param layout of the network with this heritage
     * @throws InvalidInput if a layer is of another size there
     */
    public void copy(float[] model, NetworkLayout layout, FlatVector parameters) {
        for (Part part : parts) {
            LayerLayout layer = layout.layers().stream()
                    .filter(l -> l.spec().name().equals(part.layer))
                    .findFirst()
                    .orElseThrow();
            if (layer.parameters() != part.length) {
                throw new InvalidInput("Cannot take layer " + part.layer + " from " + this.model + ": it has "
                        + part.length + " parameters there and " + layer.parameters() + " here (expected as many)");
            }
            parameters.set(layer.blocks().get(0).offset(), model, part.offset, part.length);
        }
    }
}
