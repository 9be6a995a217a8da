package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** A kernel's penalty. Those of biases and activations are left for {@link Options#finish} to refuse. */
final class Penalties {
    private static final Set<String> KNOWN = Set.of("L1", "L2", "L1L2", "WeightRegularizer", "L1L2Regularizer");

    private Penalties() {}

    static void put(ObjectNode keys, Options o) {
        Optional<JsonNode> written = o.find("kernel_regularizer", "W_regularizer");
        if (written.isEmpty()) {
            return;
        }
        JsonNode node = written.get();
        String type = node.path("class_name").asText(node.path("name").asText());
        JsonNode config = node.has("config") ? node.path("config") : node;
        if (!KNOWN.contains(type)) {
            o.refuse("kernel_regularizer", node.toString(), "L1, L2 or L1L2");
        }
        keys.putObject("kernelRegularizer")
                .put("l1", config.path("l1").asDouble(0))
                .put("l2", config.path("l2").asDouble(0));
    }
}
