package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.starling.driver.keras.KerasModel;
import java.util.Map;
import java.util.Set;

/** The loss of an imported model: the one it was compiled with where that is ours and fits its last activation, else the one that goes with that. */
final class Losses {
    private static final String CATEGORICAL = "categoricalCrossentropy";
    private static final String BINARY = "binaryCrossentropy";
    private static final String SQUARED = "meanSquaredError";
    private static final Map<String, String> WORDS = Map.of(
            "mse", SQUARED,
            "mean_squared_error", SQUARED,
            "mae", "meanAbsoluteError",
            "mean_absolute_error", "meanAbsoluteError",
            "binary_crossentropy", BINARY,
            "categorical_crossentropy", CATEGORICAL,
            "sparse_categorical_crossentropy", CATEGORICAL);
    private static final Map<String, String> OF_ACTIVATION = Map.of("softmax", CATEGORICAL, "sigmoid", BINARY);

    private Losses() {}

    static String word(KerasModel model, ArrayNode layers) {
        String activation = last(layers);
        String natural = OF_ACTIVATION.getOrDefault(activation, SQUARED);
        String compiled = model.loss().map(WORDS::get).orElse(natural);
        boolean crossEntropy = Set.of(CATEGORICAL, BINARY).contains(compiled);
        return crossEntropy && !compiled.equals(natural) ? natural : compiled;
    }

    private static String last(ArrayNode layers) {
        if (layers.isEmpty()) {
            return "";
        }
        JsonNode keys = layers.get(layers.size() - 1).elements().next();
        JsonNode activation = keys.has("function") ? keys.get("function") : keys.path("activation");
        return activation.asText("");
    }
}
