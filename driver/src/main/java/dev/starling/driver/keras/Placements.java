package dev.starling.driver.keras;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.Add;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Concatenate;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.Prelu;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All parameters of a network in Keras's order: layer by layer, kernel and bias; gamma, beta, mean, variance. Along one axis values may lie in another order than Keras's. What a flatten gives, it gives so in any case;
 * the units of a dense layer can be laid out as what comes behind it wants them.
 */
final class Placements {
    private final List<LayerLayout> layers;
    private final Set<String> inOurOrder;
    /** By the place of a dense layer: the order that its units are asked for in. */
    private final Map<Integer, FeatureOrder> asked = new HashMap<>();

    private Placements(NetworkLayout layout, Set<String> inOurOrder) {
        this.layers = layout.layers();
        this.inOurOrder = inOurOrder;
    }

    /**
     * One list for each layer, empty where it has no weights of its own.
     *
     * @param inOurOrder names of the layers whose values Keras, too, has channels first
     * @throws InvalidInput if a layer takes values that none can make in our order
     */
    static List<List<Placement>> of(NetworkLayout layout, Set<String> inOurOrder) {
        Placements placements = new Placements(layout, inOurOrder);
        placements.layOutUnits();
        List<List<Placement>> all = new ArrayList<>();
        for (int i = 0; i < placements.layers.size(); i++) {
            all.add(placements.of(i));
        }
        return all;
    }

    private List<Placement> of(int place) {
        LayerLayout layer = layers.get(place);
        FeatureOrder own = orderOf(layer.sources().get(0));
        FeatureOrder units = asked.getOrDefault(place, FeatureOrder.SAME);
        boolean channelsFirst = inOurOrder.contains(layer.spec().name());
        return layer.blocks().stream()
                .filter(block -> layer.spec().has(block.kind()))
                .sorted((a, b) -> a.kind().compareTo(b.kind()))
                .map(block -> new Placement(layer, block, own, units, channelsFirst))
                .toList();
    }

    private FeatureOrder orderOf(int place) {
        return settled(place).orElse(FeatureOrder.SAME);
    }

    /** The order of what a layer gives; empty as long as it may be any. */
    private Optional<FeatureOrder> settled(int place) {
        if (place < 0 || !(layers.get(place).output() instanceof Shape.Flat)) {
            return Optional.of(FeatureOrder.SAME);
        }
        LayerLayout layer = layers.get(place);
        LayerSpec spec = layer.spec();
        if (spec instanceof Dense) {
            return Optional.ofNullable(asked.get(place));
        }
        if (passesOn(spec)) {
            return layer.sources().stream()
                    .map(this::settled)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (spec instanceof Concatenate) {
            return Optional.of(FeatureOrder.joined(
                    layer.sources().stream().map(this::orderOf).toList(),
                    layer.sources().stream().map(this::width).toList()));
        }
        boolean toOneAxis = spec instanceof Flatten || spec instanceof Reshape;
        if (toOneAxis && layer.input() instanceof Shape.Flat) {
            return settled(layer.sources().get(0));
        }
        return Optional.of(
                toOneAxis && !inOurOrder.contains(spec.name())
                        ? FeatureOrder.flattened(layer.input())
                        : FeatureOrder.SAME);
    }

    private int width(int place) {
        return place < 0
                ? layers.get(0).input().size()
                : layers.get(place).output().size();
    }

    private static boolean passesOn(LayerSpec spec) {
        return spec instanceof ActivationLayer
                || spec instanceof Dropout
                || spec instanceof GaussianNoise
                || spec instanceof GaussianDropout
                || spec instanceof Prelu
                || spec instanceof BatchNormalization
                || spec instanceof Add;
    }

    /** A dense layer in front of a reshape, or added to others, makes its values in the order that is wanted there. */
    private void layOutUnits() {
        for (LayerLayout layer : layers) {
            needed(layer).ifPresent(order -> ask(layer.sources().get(0), order, layer));
        }
        for (int i = 0; i < layers.size(); i++) {
            LayerLayout layer = layers.get(i);
            if (layer.spec() instanceof Add) {
                settled(i).ifPresent(order -> layer.sources().forEach(source -> ask(source, order, layer)));
            }
        }
    }

    private void ask(int place, FeatureOrder order, LayerLayout by) {
        boolean free = settled(place).isEmpty();
        if (free && layers.get(place).spec() instanceof Dense) {
            asked.put(place, order);
        } else if (place >= 0
                && layers.get(place).output() instanceof Shape.Flat
                && passesOn(layers.get(place).spec())) {
            layers.get(place).sources().forEach(source -> ask(source, order, by));
        } else if (!orderOf(place).sameAs(order)) {
            throw refused(by);
        }
    }

    /** Empty where a layer lays nothing out. */
    private Optional<FeatureOrder> needed(LayerLayout layer) {
        if (!(layer.spec() instanceof Reshape) || layer.output() instanceof Shape.Flat) {
            return Optional.empty();
        }
        if (!(layer.input() instanceof Shape.Flat)) {
            if (!layer.input().equals(layer.output())) {
                throw refused(layer);
            }
            return Optional.empty();
        }
        return Optional.of(
                inOurOrder.contains(layer.spec().name()) ? FeatureOrder.SAME : FeatureOrder.flattened(layer.output()));
    }

    private static InvalidInput refused(LayerLayout layer) {
        boolean adds = layer.spec() instanceof Add;
        return new InvalidInput("Cannot bring layer " + layer.spec().name() + " ("
                + layer.spec().type() + ") into the order of channels of Keras and Starling: "
                + (adds
                        ? "what it adds lies in different orders (expected flattens of one shape, and dense layers)"
                        : "it takes " + layer.input().dimensions() + " to "
                                + layer.output().dimensions()
                                + " (expected it behind a dense layer, or a flatten of the same shape)"));
    }
}
