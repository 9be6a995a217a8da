package dev.starling.jobs.keras;

import dev.starling.driver.keras.KerasLayer;
import dev.starling.driver.keras.KerasModel;
import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layers of a model in which each takes what the one before gives. */
final class Chain {
    private Chain() {}

    static List<KerasLayer> of(KerasModel model) {
        List<KerasLayer> chain = new ArrayList<>();
        Map<String, KerasLayer> after = new HashMap<>();
        KerasLayer first = null;
        for (KerasLayer layer : model.layers()) {
            if (layer.inputs().isEmpty() && first == null) {
                first = layer;
            } else if (layer.inputs().size() != 1 || after.put(layer.inputs().get(0), layer) != null) {
                throw new InvalidInput("Cannot import " + layer.place() + ": inputs " + layer.inputs()
                        + " beside others (expected layers in sequence; other graphs not yet)");
            }
        }
        for (KerasLayer at = first; at != null; at = after.remove(at.name())) {
            if (!at.type().equals("InputLayer")) {
                chain.add(at);
            }
        }
        if (chain.isEmpty()
                || !after.isEmpty()
                || !model.outputs().equals(List.of(chain.get(chain.size() - 1).name()))) {
            throw new InvalidInput("Cannot import the model: its output is " + model.outputs()
                    + " (expected that of its last layer, one sequence from input to output)");
        }
        return chain;
    }
}
