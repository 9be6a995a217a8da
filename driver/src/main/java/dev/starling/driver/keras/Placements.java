package dev.starling.driver.keras;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** All parameters of a network in Keras's order: layer by layer, kernel and bias; gamma, beta, mean, variance. */
final class Placements {
    private final List<LayerLayout> layers;
    private final Set<String> inOurOrder;
    /** By layer: the order of what it makes along one axis, where it is a dense layer whose units are laid out later. */
    private final List<FeatureOrder> made;

    private Placements(NetworkLayout layout, Set<String> inOurOrder) {
        this.layers = layout.layers();
        this.inOurOrder = inOurOrder;
        this.made = new ArrayList<>(Collections.nCopies(layers.size(), FeatureOrder.SAME));
    }

    /**
     * One list for each layer, empty where it has no weights.
     *
     * @param inOurOrder names of the flatten and reshape layers whose values Keras, too, has channels first
     * @throws InvalidInput if a reshape takes values that no dense layer can make in our order
     */
    static List<List<Placement>> of(NetworkLayout layout, Set<String> inOurOrder) {
        Placements placements = new Placements(layout, inOurOrder);
        placements.layOutUnits();
        return placements.all();
    }

    private List<List<Placement>> all() {
        List<List<Placement>> all = new ArrayList<>();
        FeatureOrder order = FeatureOrder.SAME;
        for (int i = 0; i < layers.size(); i++) {
            LayerLayout layer = layers.get(i);
            FeatureOrder own = order;
            FeatureOrder units = made.get(i);
            all.add(layer.blocks().stream()
                    .sorted((a, b) -> a.kind().compareTo(b.kind()))
                    .map(block -> new Placement(layer, block, own, units))
                    .toList());
            order = after(layer, order, units);
            requireOrder(i, order);
        }
        return all;
    }

    private FeatureOrder after(LayerLayout layer, FeatureOrder before, FeatureOrder units) {
        if (!(layer.output() instanceof Shape.Flat)) {
            return FeatureOrder.SAME;
        }
        LayerSpec spec = layer.spec();
        boolean toOneAxis =
                spec instanceof Flatten || (spec instanceof Reshape && layer.output() instanceof Shape.Flat);
        if (toOneAxis && !(layer.input() instanceof Shape.Flat)) {
            return inOurOrder.contains(spec.name()) ? FeatureOrder.SAME : FeatureOrder.flattened(layer.input());
        }
        return spec instanceof Dense ? units : before;
    }

    /** Before a reshape the values must lie as it lays them out. */
    private void requireOrder(int index, FeatureOrder order) {
        if (index + 1 < layers.size()
                && needed(layers.get(index + 1)) != null
                && !needed(layers.get(index + 1)).sameAs(order)) {
            refuse(layers.get(index + 1));
        }
    }

    /** A dense layer in front of a reshape makes its values in the order that this one wants. */
    private void layOutUnits() {
        for (int i = 0; i < layers.size(); i++) {
            FeatureOrder needed = needed(layers.get(i));
            if (needed == null) {
                continue;
            }
            int at = i - 1;
            while (at >= 0 && keepsOrder(layers.get(at).spec())) {
                at--;
            }
            if (at >= 0 && layers.get(at).spec() instanceof Dense) {
                made.set(at, needed);
            } else if (at < 0 && !needed.sameAs(FeatureOrder.SAME)) {
                refuse(layers.get(i));
            }
        }
    }

    private static boolean keepsOrder(LayerSpec spec) {
        return spec instanceof ActivationLayer || spec instanceof Dropout || spec instanceof BatchNormalization;
    }

    /** Null where a layer lays nothing out. */
    private FeatureOrder needed(LayerLayout layer) {
        if (!(layer.spec() instanceof Reshape) || layer.output() instanceof Shape.Flat) {
            return null;
        }
        if (!(layer.input() instanceof Shape.Flat)) {
            if (!layer.input().equals(layer.output())) {
                refuse(layer);
            }
            return null;
        }
        return inOurOrder.contains(layer.spec().name()) ? FeatureOrder.SAME : FeatureOrder.flattened(layer.output());
    }

    private static void refuse(LayerLayout layer) {
        throw new InvalidInput("Cannot bring layer " + layer.spec().name()
                + " (reshape) into the order of channels of Keras and Starling: it takes "
                + layer.input().dimensions() + " to " + layer.output().dimensions()
                + " (expected it behind a dense layer, or a flatten of the same shape)");
    }
}
