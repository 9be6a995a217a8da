package dev.starling.worker.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the layers of a network are joined. A layer that {@code inputs} does not hold reads the layer before it in the list, and the first one the network's input: without inputs it is a sequence.
 *
 * @param inputs by a layer's name, the names of what it reads, at least one; {@link #INPUT} is the network's input
 * @param outputs names of the layers that the network gives, in the order of its outputs; the last of the list if empty
 * @param losses of each output; the network's own of all if empty
 */
public record Wiring(SortedMap<String, List<String>> inputs, List<String> outputs, List<Loss> losses)
        implements Serializable {
    /** The name of the network's input, which no layer of a graph may have. */
    public static final String INPUT = "input";

    public static final Wiring SEQUENCE = new Wiring(Collections.emptySortedMap(), List.of(), List.of());

    public Wiring {
        SortedMap<String, List<String>> copy = new TreeMap<>();
        inputs.forEach((layer, read) -> copy.put(layer, List.copyOf(read)));
        inputs = Collections.unmodifiableSortedMap(copy);
        outputs = List.copyOf(outputs);
        losses = List.copyOf(losses);
    }

    public static Wiring of(Map<String, List<String>> inputs, List<String> outputs) {
        return new Wiring(new TreeMap<>(inputs), outputs, List.of());
    }

    /** The same with a loss for each output. */
    public Wiring with(List<Loss> ofOutputs) {
        return new Wiring(inputs, outputs, ofOutputs);
    }

    /** Whether nothing is said, and each layer reads the one before it. */
    public boolean isSequence() {
        return inputs.isEmpty() && outputs.isEmpty() && losses.isEmpty();
    }

    /** What the layer at a place of the list reads. */
    List<String> inputsOf(List<LayerSpec> layers, int at) {
        List<String> said = inputs.get(layers.get(at).name());
        if (said != null) {
            return said;
        }
        return List.of(at == 0 ? INPUT : layers.get(at - 1).name());
    }

    /** The names of the layers that the network gives. */
    List<String> outputsOf(List<LayerSpec> layers) {
        return outputs.isEmpty() ? List.of(layers.get(layers.size() - 1).name()) : outputs;
    }

    /** The part of it that leads to some layers, when these are all that is left and the last of them is the output. */
    Wiring among(List<LayerSpec> all, List<LayerSpec> kept) {
        if (isSequence()) {
            return SEQUENCE;
        }
        SortedMap<String, List<String>> left = new TreeMap<>();
        List<String> names = new ArrayList<>(all.stream().map(LayerSpec::name).toList());
        for (LayerSpec layer : kept) {
            left.put(layer.name(), inputsOf(all, names.indexOf(layer.name())));
        }
        return new Wiring(left, List.of(), List.of());
    }
}
