package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a Keras file says of a network, its weights apart.
 *
 * @param version of Keras that wrote it: 1, 2 or 3
 * @param inputShape where the model itself says it, and no layer
 * @param outputs names of the layers whose outputs are the model's
 * @param loss that it was compiled with, if the file says it: a word, a class, or one of either for each output
 */
public record KerasModel(
        int version,
        List<KerasLayer> layers,
        Optional<JsonNode> inputShape,
        List<String> outputs,
        Optional<JsonNode> loss) {
    public KerasModel {
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
    }

    /**
     * Reads an architecture, as {@code to_json} writes it.
     *
     * @param place the file, for messages
     * @throws InvalidInput if it is none, holds code, or uses a layer twice
     */
    static KerasModel parse(JsonNode root, int version, Optional<JsonNode> loss, String place) {
        String type = root.path("class_name").asText();
        JsonNode config = root.path("config");
        boolean sequence = type.equals("Sequential");
        boolean graph = type.equals("Functional") || type.equals("Model");
        JsonNode list = config.isArray() ? config : config.path("layers");
        if (!(sequence || graph) || !list.isArray()) {
            throw new InvalidInput("Cannot read " + place + ": "
                    + (type.isEmpty() ? "no class_name" : "a model of class " + type)
                    + " (expected a Sequential or Functional model of Keras)");
        }
        if (list.isEmpty()) {
            throw new InvalidInput("Cannot read " + place + ": a model without layers (expected at least one)");
        }
        List<KerasLayer> layers = layers(list, graph, place);
        Optional<JsonNode> input = Optional.of(root.path("build_config").path("input_shape"))
                .filter(JsonNode::isArray)
                .or(() -> Optional.of(config.path("build_input_shape")).filter(JsonNode::isArray));
        List<String> outputs = graph
                ? Inbound.names(config.path("output_layers"))
                : List.of(layers.get(layers.size() - 1).name());
        return new KerasModel(version, layers, input, outputs, loss);
    }

    private static List<KerasLayer> layers(JsonNode list, boolean graph, String place) {
        List<KerasLayer> layers = new ArrayList<>();
        Map<String, Integer> slots = new HashMap<>();
        Map<String, Integer> names = new HashMap<>();
        for (JsonNode node : list) {
            int position = layers.size() + 1;
            String type = node.path("class_name").asText();
            String name =
                    node.path("config").path("name").asText(node.path("name").asText(type + "_" + position));
            String where = "layer " + position + " (" + type + " " + name + ")";
            CustomCode.refuse(node, where, place);
            if (names.merge(name, 1, Integer::sum) > 1) {
                throw new InvalidInput("Cannot import " + where + ": its name is taken (expected a name of its own)");
            }
            List<String> inputs = graph
                    ? Inbound.of(node.path("inbound_nodes"), where)
                    : layers.isEmpty()
                            ? List.of()
                            : List.of(layers.get(layers.size() - 1).name());
            layers.add(new KerasLayer(position, type, name, slot(type, slots), node.path("config"), inputs));
        }
        return layers;
    }

    /** Keras's own rule: {@code re_lu}, {@code re_lu_1}. */
    static String slot(String type, Map<String, Integer> slots) {
        String snake = type.replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
        int before = slots.merge(snake, 1, Integer::sum) - 1;
        return before == 0 ? snake : snake + "_" + before;
    }
}
