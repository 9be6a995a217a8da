package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/** Which layers a layer of a graph takes its inputs from, as Keras 1, 2 and 3 write it. */
final class Inbound {
    private Inbound() {}

    static List<String> of(JsonNode nodes, String where) {
        if (nodes.size() > 1) {
            throw new InvalidInput("Cannot import " + where + ": it is used " + nodes.size()
                    + " times (expected once; layers that several paths share are not known)");
        }
        List<String> names = new ArrayList<>();
        if (nodes.size() == 1) {
            JsonNode node = nodes.get(0);
            if (node.isObject()) {
                tensors(node.path("args"), names);
                tensors(node.path("kwargs"), names);
            } else {
                node.forEach(tensor -> names.add(tensor.path(0).asText()));
            }
        }
        return names;
    }

    /** Keras 3: wherever among the arguments a tensor stands. */
    private static void tensors(JsonNode node, List<String> names) {
        if (node.path("class_name").asText().equals("__keras_tensor__")) {
            names.add(node.path("config").path("keras_history").path(0).asText());
        } else {
            node.forEach(child -> tensors(child, names));
        }
    }

    /** Of {@code output_layers}: {@code ["dense", 0, 0]} or a list of such. */
    static List<String> names(JsonNode layers) {
        if (layers.path(0).isTextual()) {
            return List.of(layers.path(0).asText());
        }
        List<String> names = new ArrayList<>();
        layers.forEach(layer -> names.add(layer.path(0).asText()));
        return names;
    }
}
