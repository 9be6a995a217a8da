package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** Penalties of a kernel and of activations. Those of biases are left for {@link Options#finish} to refuse. */
final class Penalties {
    private static final Set<String> KNOWN = Set.of("L1", "L2", "L1L2", "WeightRegularizer", "L1L2Regularizer");

    private Penalties() {}

    static void put(ObjectNode keys, Options o) {
        put(keys, "kernelRegularizer", o, "kernel_regularizer", "W_regularizer");
        // Keras 1 does not take the mean over examples: there it is another, and refused.
        if (o.version() > 1) {
            put(keys, "activityRegularizer", o, "activity_regularizer");
        }
    }

    private static void put(ObjectNode keys, String word, Options o, String... names) {
        Optional<JsonNode> written = o.find(names);
        if (written.isEmpty()) {
            return;
        }
        JsonNode node = written.get();
        String type = node.path("class_name").asText(node.path("name").asText());
        JsonNode config = node.has("config") ? node.path("config") : node;
        if (!KNOWN.contains(type)) {
            o.refuse(names[0], node.toString(), "L1, L2 or L1L2");
        }
        keys.putObject(word)
                .put("l1", config.path("l1").asDouble(0))
                .put("l2", config.path("l2").asDouble(0));
    }
}
