package dev.starling.worker.network;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of a network that leads to one of its layers, as a network of its own whose outputs are that layer's.
 *
 * @param network its outputs lie channels first, as all examples do
 * @param output shape of what the layer gives for one example
 * @param blocks where its parameters lie among those of the whole network, in its order
 */
public record SubNetwork(NetworkSpec network, Shape output, List<ParameterBlock> blocks) {
    public SubNetwork {
        blocks = List.copyOf(blocks);
    }

    /**
     * From the input to a layer, which is part of it.
     *
     * @throws InvalidInput if there is no such layer, or nothing up to it has weights
     */
    public static SubNetwork upTo(NetworkSpec whole, String layer) {
        NetworkLayout layout = NetworkLayout.of(whole);
        List<String> names = whole.layers().stream().map(LayerSpec::name).toList();
        if (!names.contains(layer)) {
            throw new InvalidInput(
                    "Cannot give the outputs of layer " + layer + ": there is no such layer (did you mean "
                            + Nearest.of(layer, names) + "? layers are " + String.join(", ", names) + ")");
        }
        List<LayerLayout> placed = leadingTo(layout, layer);
        List<ParameterBlock> blocks =
                placed.stream().flatMap(l -> l.blocks().stream()).toList();
        if (blocks.isEmpty()) {
            throw new InvalidInput("Cannot give the outputs of layer " + layer
                    + ": no layer up to it has weights (expected one behind a dense or a convolution layer)");
        }
        Shape output = placed.get(placed.size() - 1).output();
        List<LayerSpec> layers = placed.stream()
                .map(l -> l.spec().withoutActivityPenalty())
                .collect(Collectors.toCollection(ArrayList::new));
        Wiring wiring = whole.wiring().among(whole.layers(), layers);
        if (!(output instanceof Shape.Flat)) {
            layers.add(new Flatten(unused(names)));
        }
        // Of all losses the one that asks nothing of the last activation; nobody trains this network.
        return new SubNetwork(new NetworkSpec(whole.input(), layers, wiring, Loss.MEAN_SQUARED_ERROR), output, blocks);
    }

    /** A layer and all that it reads, directly or by others, in the layout's order. */
    private static List<LayerLayout> leadingTo(NetworkLayout layout, String layer) {
        List<LayerLayout> layers = layout.layers();
        boolean[] leads = new boolean[layers.size()];
        List<LayerLayout> found = new ArrayList<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (leads[i] || layers.get(i).spec().name().equals(layer)) {
                found.add(0, layers.get(i));
                layers.get(i).sources().stream().filter(source -> source >= 0).forEach(source -> leads[source] = true);
            }
        }
        return found;
    }

    private static String unused(List<String> names) {
        Set<String> taken = new HashSet<>(names);
        String name = "values";
        while (taken.contains(name)) {
            name += "_";
        }
        return name;
    }

    /** @param ofWhole all parameters of the whole network, in DL4J's order */
    public float[] parameters(float[] ofWhole) {
        float[] own = new float[blocks.stream().mapToInt(ParameterBlock::length).sum()];
        int at = 0;
        for (ParameterBlock block : blocks) {
            System.arraycopy(ofWhole, block.offset(), own, at, block.length());
            at += block.length();
        }
        return own;
    }
}
