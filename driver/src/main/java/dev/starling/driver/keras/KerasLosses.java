package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.starling.driver.store.Json;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Losses by Keras's words and classes, both ways. */
public final class KerasLosses {
    private static final Map<Loss, String> CLASSES = Map.ofEntries(
            Map.entry(Loss.CATEGORICAL_CROSSENTROPY, "CategoricalCrossentropy"),
            Map.entry(Loss.BINARY_CROSSENTROPY, "BinaryCrossentropy"),
            Map.entry(Loss.MEAN_SQUARED_ERROR, "MeanSquaredError"),
            Map.entry(Loss.MEAN_ABSOLUTE_ERROR, "MeanAbsoluteError"),
            Map.entry(Loss.MEAN_SQUARED_LOGARITHMIC_ERROR, "MeanSquaredLogarithmicError"),
            Map.entry(Loss.MEAN_ABSOLUTE_PERCENTAGE_ERROR, "MeanAbsolutePercentageError"),
            Map.entry(Loss.HUBER, "Huber"),
            Map.entry(Loss.LOG_COSH, "LogCosh"),
            Map.entry(Loss.HINGE, "Hinge"),
            Map.entry(Loss.SQUARED_HINGE, "SquaredHinge"),
            Map.entry(Loss.POISSON, "Poisson"),
            Map.entry(Loss.KL_DIVERGENCE, "KLDivergence"));
    private static final Map<String, Loss> KNOWN = known();

    private KerasLosses() {}

    private static Map<String, Loss> known() {
        Map<String, Loss> known = new HashMap<>();
        CLASSES.forEach((loss, type) -> {
            known.put(type, loss);
            known.put(word(loss), loss);
        });
        known.put("mse", Loss.MEAN_SQUARED_ERROR);
        known.put("mae", Loss.MEAN_ABSOLUTE_ERROR);
        known.put("msle", Loss.MEAN_SQUARED_LOGARITHMIC_ERROR);
        known.put("mape", Loss.MEAN_ABSOLUTE_PERCENTAGE_ERROR);
        known.put("huber_loss", Loss.HUBER);
        known.put("logcosh", Loss.LOG_COSH);
        known.put("kld", Loss.KL_DIVERGENCE);
        known.put("kullback_leibler_divergence", Loss.KL_DIVERGENCE);
        known.put("sparse_categorical_crossentropy", Loss.CATEGORICAL_CROSSENTROPY);
        known.put("SparseCategoricalCrossentropy", Loss.CATEGORICAL_CROSSENTROPY);
        return Map.copyOf(known);
    }

    /** Keras's functions have the names of our constants. */
    private static String word(Loss loss) {
        return loss.name().toLowerCase(Locale.ROOT);
    }

    /** A loss as a model was compiled with it: a word, or a class with what it was made with. Empty if there is none here that has the same values. */
    public static Optional<Loss> find(JsonNode compiled) {
        JsonNode config = compiled.path("config");
        boolean other =
                config.path("from_logits").asBoolean() || config.path("delta").asDouble(1) != 1;
        return other ? Optional.empty() : Optional.ofNullable(KNOWN.get(name(compiled)));
    }

    /** Its word, or class. */
    public static String name(JsonNode compiled) {
        String type = compiled.path("class_name").asText();
        boolean function = type.equals("function") || type.isEmpty();
        return compiled.isTextual()
                ? compiled.asText()
                : function ? compiled.path("config").asText(compiled.toString()) : type;
    }

    /** How much of a class's probability it gives to all. */
    public static double smoothing(JsonNode compiled) {
        return compiled.path("config").path("label_smoothing").asDouble(0);
    }

    /** What a network is compiled with; empty if Keras lacks it. */
    static Optional<JsonNode> of(NetworkSpec network, KerasStyle style) {
        int outputs = Math.max(1, network.wiring().outputs().size());
        List<Loss> losses =
                IntStream.range(0, outputs).mapToObj(network::lossOf).toList();
        boolean known = CLASSES.keySet().containsAll(losses);
        LabelSmoothing smoothing = network.smoothing();
        if (!known || (smoothing.amount() > 0 && !(smoothing instanceof LabelSmoothing.Everywhere))) {
            return Optional.empty();
        }
        List<JsonNode> each =
                losses.stream().map(loss -> of(loss, smoothing.amount(), style)).toList();
        return Optional.of(
                outputs == 1 ? each.get(0) : Json.object().putArray("losses").addAll(each));
    }

    private static JsonNode of(Loss loss, double smoothing, KerasStyle style) {
        if (smoothing == 0) {
            return TextNode.valueOf(word(loss));
        }
        ObjectNode node = style.in("keras.losses", Json.object()).put("class_name", CLASSES.get(loss));
        node.putObject("config").put("name", word(loss)).put("label_smoothing", smoothing);
        return node;
    }
}
