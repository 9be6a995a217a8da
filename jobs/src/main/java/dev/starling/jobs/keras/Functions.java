package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;

/** Activation functions: Keras's names and classes, and the experiment file's words. */
final class Functions {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("linear", "linear"),
            Map.entry("sigmoid", "sigmoid"),
            Map.entry("tanh", "tanh"),
            Map.entry("relu", "relu"),
            Map.entry("softmax", "softmax"),
            Map.entry("softplus", "softplus"),
            Map.entry("softsign", "softsign"),
            Map.entry("selu", "selu"),
            Map.entry("swish", "swish"),
            Map.entry("silu", "swish"));
    private static final String EXPECTED =
            "linear, sigmoid, tanh, relu, softmax, softplus, softsign, selu, swish, elu or leaky_relu";

    private Functions() {}

    /** A layer's {@code activation}: linear where it says none. */
    static JsonNode of(Options o) {
        Optional<JsonNode> written = o.find("activation");
        if (written.isEmpty()) {
            return TextNode.valueOf("linear");
        }
        JsonNode node = written.get();
        String name = node.isTextual() ? node.asText() : node.path("class_name").asText();
        return switch (name) {
            case "elu", "ELU" -> elu(node.path("config").path("alpha").asDouble(1));
            // Slopes of the function, and of the class, which has them in its configuration.
            case "leaky_relu" -> leaky(0.2);
            case "LeakyReLU" -> leaky(slope(node.path("config"), 0.3));
            // Keras 3 has another function of this name.
            case "hard_sigmoid" -> o.version() < 3 ? TextNode.valueOf("hardSigmoid") : word(name, o);
            default -> word(name, o);
        };
    }

    private static JsonNode word(String name, Options o) {
        String word = WORDS.get(name);
        if (word == null) {
            o.refuse("activation", name, EXPECTED);
            return TextNode.valueOf("linear");
        }
        return TextNode.valueOf(word);
    }

    private static double slope(JsonNode config, double otherwise) {
        JsonNode newer = config.path("negative_slope");
        JsonNode node = newer.isMissingNode() ? config.path("alpha") : newer;
        return node.asDouble(otherwise);
    }

    static ObjectNode leaky(double alpha) {
        return named("leakyRelu", alpha);
    }

    static ObjectNode elu(double alpha) {
        return named("elu", alpha);
    }

    private static ObjectNode named(String word, double alpha) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject(word).put("alpha", alpha);
        return node;
    }

    /** The layer {@code ReLU}, of which a leaky one is a case. */
    static JsonNode relu(Options o) {
        o.only("threshold", "0.0", "0");
        o.find("max_value").ifPresent(max -> o.refuse("max_value", max.toString(), "none"));
        double slope = o.number(0, "negative_slope");
        return slope == 0 ? TextNode.valueOf("relu") : leaky(slope);
    }
}
