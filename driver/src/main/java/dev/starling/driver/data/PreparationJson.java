package dev.starling.driver.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** A {@link Preparation} as the JSON of {@code preprocessing.json}. Numbers are written so that the same bits are read. */
public final class PreparationJson {
    private static final int FORMAT_VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PreparationJson() {}

    public static String write(Preparation preparation) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("formatVersion", FORMAT_VERSION);
        ArrayNode input = root.putArray("input");
        preparation.input().dimensions().forEach(input::add);
        ArrayNode features = root.putArray("features");
        preparation.features().forEach(feature -> writeFeature(feature, features.addObject()));
        writeTarget(preparation.target(), root.putObject("target"));
        return root.toPrettyString() + "\n";
    }

    private static void writeFeature(Feature feature, ObjectNode node) {
        node.put("name", feature.name());
        if (feature instanceof Feature.Categorical categorical) {
            categorical.categories().forEach(node.putArray("categories")::add);
        } else if (feature instanceof Feature.Numeric number) {
            node.put("offset", number.offset()).put("divisor", number.divisor());
            if (!Double.isNaN(number.mean())) {
                node.put("mean", number.mean());
            }
        }
    }

    private static void writeTarget(Target target, ObjectNode node) {
        if (target instanceof Target.Classes classes) {
            classes.names().forEach(node.putArray("classes")::add);
        } else if (target instanceof Target.Values values) {
            ArrayNode array = node.putArray("values");
            for (int i = 0; i < values.names().size(); i++) {
                array.addObject()
                        .put("name", values.names().get(i))
                        .put("offset", values.offsets().get(i))
                        .put("divisor", values.divisors().get(i));
            }
        } else {
            node.put("input", true);
        }
    }

    /** Reads what {@link #write} wrote. Throws {@link InvalidInput} for anything else. */
    public static Preparation read(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            int version = root.path("formatVersion").asInt();
            if (version != FORMAT_VERSION) {
                throw new InvalidInput("Cannot read a preparation: its formatVersion is " + root.path("formatVersion")
                        + " (expected " + FORMAT_VERSION + ")");
            }
            List<Integer> input = new ArrayList<>();
            array(root, "input").forEach(size -> input.add(size.asInt()));
            List<Feature> features = new ArrayList<>();
            for (JsonNode feature : array(root, "features")) {
                features.add(readFeature(feature));
            }
            return new Preparation(Shape.of(input), features, readTarget(root.path("target")));
        } catch (JsonProcessingException e) {
            throw new InvalidInput("Cannot read a preparation: " + e.getOriginalMessage() + " (expected JSON)");
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("Cannot read a preparation: " + e.getMessage());
        }
    }

    private static Feature readFeature(JsonNode node) {
        String name = text(node, "name");
        if (node.has("categories")) {
            return new Feature.Categorical(name, texts(array(node, "categories")));
        }
        double mean = node.has("mean") ? number(node, "mean") : Double.NaN;
        return new Feature.Numeric(name, number(node, "offset"), number(node, "divisor"), mean);
    }

    private static Target readTarget(JsonNode node) {
        if (node.has("classes")) {
            return new Target.Classes(texts(array(node, "classes")));
        }
        if (!node.has("values")) {
            return new Target.Input();
        }
        List<String> names = new ArrayList<>();
        List<Double> offsets = new ArrayList<>();
        List<Double> divisors = new ArrayList<>();
        for (JsonNode value : array(node, "values")) {
            names.add(text(value, "name"));
            offsets.add(number(value, "offset"));
            divisors.add(number(value, "divisor"));
        }
        return new Target.Values(names, offsets, divisors);
    }

    private static JsonNode array(JsonNode node, String key) {
        return required(node, key, node.path(key).isArray(), "an array");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String text(JsonNode node, String key) {
        return required(node, key, node.path(key).isTextual(), "text").asText();
    }

    private static double number(JsonNode node, String key) {
        return required(node, key, node.path(key).isNumber(), "a number").asDouble();
    }

    private static JsonNode required(JsonNode node, String key, boolean fits, String expected) {
        if (!fits) {
            throw new InvalidInput(
                    "Cannot read a preparation: " + key + " is " + node.path(key) + " (expected " + expected + ")");
        }
        return node.path(key);
    }
}
