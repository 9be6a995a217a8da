package dev.starling.driver.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code preprocessing.json}: what becomes of a row before the network sees it. Doubles are written so that reading gives the same bits. */
final class PreparationJson {
    /** 2 has points of classes. */
    private static final int FORMAT_VERSION = 2;

    private PreparationJson() {}

    /** One object, with a line end. */
    static String write(Preparation preparation) {
        ObjectNode root = Json.object();
        boolean embedded = preparation.target() instanceof Target.Classes classes && classes.isEmbedded();
        root.put("formatVersion", embedded ? FORMAT_VERSION : 1);
        ArrayNode input = root.putArray("input");
        preparation.input().dimensions().forEach(input::add);
        ArrayNode features = root.putArray("features");
        preparation.features().forEach(feature -> write(feature, features.addObject()));
        write(preparation.target(), root.putObject("target"));
        return Json.text(root);
    }

    private static void write(Feature feature, ObjectNode object) {
        object.put("name", feature.name());
        if (feature instanceof Feature.Numeric number) {
            object.put("offset", number.offset());
            object.put("divisor", number.divisor());
            if (!Double.isNaN(number.mean())) {
                object.put("mean", number.mean());
            }
        } else if (feature instanceof Feature.Categorical category) {
            put(object, "categories", category.categories());
        } else if (feature instanceof Feature.Product product) {
            ArrayNode factors = object.putArray("factors");
            product.factors().forEach(factors::add);
        }
    }

    private static void write(Target target, ObjectNode object) {
        if (target instanceof Target.Classes classes) {
            put(object, "classes", classes.names());
            if (classes.isEmbedded()) {
                ArrayNode points = object.putArray("embeddings");
                classes.points().forEach(point -> point.forEach(points.addArray()::add));
            }
        } else if (target instanceof Target.Values values) {
            put(object, "names", values.names());
            ArrayNode offsets = object.putArray("offsets");
            values.offsets().forEach(offsets::add);
            ArrayNode divisors = object.putArray("divisors");
            values.divisors().forEach(divisors::add);
        } else {
            object.put("input", true);
        }
    }

    private static void put(ObjectNode object, String key, List<String> texts) {
        ArrayNode array = object.putArray(key);
        texts.forEach(array::add);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param place the file, for messages
     */
    static Preparation parse(String json, String place) {
        JsonNode root = Json.parse(json, place);
        int formatVersion = Json.integer(root, "formatVersion", place);
        if (formatVersion > FORMAT_VERSION) {
            throw new InvalidInput("Cannot read " + place + ": formatVersion " + formatVersion + " (expected at most "
                    + FORMAT_VERSION + "; a later Starling wrote it)");
        }
        List<Integer> dimensions = new ArrayList<>();
        Json.child(root, "input", place).forEach(size -> dimensions.add(size.intValue()));
        List<Feature> features = new ArrayList<>();
        Json.child(root, "features", place).forEach(feature -> features.add(feature(feature, place)));
        Target target = target(Json.child(root, "target", place), place);
        try {
            return new Preparation(Shape.of(dimensions), features, target);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("Cannot read " + place + ": " + e.getMessage());
        }
    }

    private static Feature feature(JsonNode object, String place) {
        String name = Json.string(object, "name", place);
        if (object.has("factors")) {
            List<Integer> factors = new ArrayList<>();
            Json.child(object, "factors", place).forEach(factor -> factors.add(factor.intValue()));
            return new Feature.Product(name, factors);
        }
        return object.has("categories")
                ? new Feature.Categorical(name, texts(object, "categories", place))
                : new Feature.Numeric(
                        name,
                        Json.number(object, "offset", place),
                        Json.number(object, "divisor", place),
                        object.has("mean") ? Json.number(object, "mean", place) : Double.NaN);
    }

    private static Target target(JsonNode object, String place) {
        if (object.has("classes")) {
            return new Target.Classes(
                    texts(object, "classes", place), object.has("embeddings") ? points(object, place) : List.of());
        }
        return object.has("names")
                ? new Target.Values(
                        texts(object, "names", place),
                        numbers(object, "offsets", place),
                        numbers(object, "divisors", place))
                : new Target.Input();
    }

    private static List<List<Double>> points(JsonNode object, String place) {
        List<List<Double>> points = new ArrayList<>();
        for (JsonNode point : Json.child(object, "embeddings", place)) {
            List<Double> numbers = new ArrayList<>();
            point.forEach(number -> numbers.add(number.doubleValue()));
            points.add(numbers);
        }
        return points;
    }

    private static List<String> texts(JsonNode object, String key, String place) {
        List<String> texts = new ArrayList<>();
        Json.child(object, key, place).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<Double> numbers(JsonNode object, String key, String place) {
        List<Double> numbers = new ArrayList<>();
        for (JsonNode number : Json.child(object, key, place)) {
            if (!number.isNumber()) {
                throw Json.wrong(key, number, place, "numbers");
            }
            numbers.add(number.doubleValue());
        }
        return numbers;
    }
}
