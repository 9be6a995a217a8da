package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.starling.driver.keras.KerasLayer;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a layer of a Keras file says of itself, key by key, by Keras 2's and 3's name and Keras 1's. A key that nobody asked for must say nothing ({@code null}, {@code false}, empty), or it
 * is a problem: no option is lost in silence. Not thread-safe.
 */
final class Options {
    /** Of names, first values and shapes, which the model says elsewhere; of {@code trainable}, which predictions do not need. */
    private static final Set<String> NEEDLESS = Set.of(
            "name",
            "trainable",
            "batch_input_shape",
            "batch_shape",
            "batch_size",
            "input_shape",
            "input_dim",
            "input_length",
            "input_dtype",
            "build_config",
            "seed",
            "sparse",
            "ragged",
            "optional",
            "synchronized",
            "renorm_momentum",
            "init",
            "gamma_init",
            "beta_init",
            "weights",
            "beta_constraint_name");

    private final KerasLayer layer;
    private final int version;
    private final Channels channels;
    private final Problems problems;
    private final Set<String> asked = new HashSet<>(NEEDLESS);

    /** @param version of Keras that wrote the file */
    Options(KerasLayer layer, int version, Channels channels, Problems problems) {
        this.layer = layer;
        this.channels = channels;
        this.version = version;
        this.problems = problems;
    }

    Channels channels() {
        return channels;
    }

    int version() {
        return version;
    }

    /** The value of the first of the names that says something. */
    Optional<JsonNode> find(String... names) {
        asked.addAll(Arrays.asList(names));
        return Arrays.stream(names)
                .map(layer.config()::path)
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .findFirst();
    }

    private JsonNode require(String... names) {
        return find(names).orElseGet(() -> {
            refuse(names[0], "missing", "a value");
            return JsonNodeFactory.instance.missingNode();
        });
    }

    int integer(String... names) {
        JsonNode node = require(names);
        JsonNode one = node.isArray() && node.size() == 1 ? node.get(0) : node;
        if (one.isMissingNode() || (one.canConvertToInt() && one.isIntegralNumber())) {
            return one.asInt(1);
        }
        refuse(names[0], node.toString(), "a whole number");
        return 1;
    }

    double number(String... names) {
        return number(require(names), names[0]);
    }

    double number(double otherwise, String... names) {
        return find(names).map(node -> number(node, names[0])).orElse(otherwise);
    }

    private double number(JsonNode node, String name) {
        // Keras 3 writes some numbers as arrays without axes.
        JsonNode plain = node.isObject() && node.path("config").has("value")
                ? node.path("config").path("value")
                : node;
        if (plain.isNumber() || plain.isMissingNode()) {
            return plain.asDouble(0.5);
        }
        refuse(name, node.toString(), "a number");
        return 0.5;
    }

    boolean flag(boolean otherwise, String... names) {
        return find(names).map(node -> node.asBoolean(otherwise)).orElse(otherwise);
    }

    String word(String otherwise, String... names) {
        return find(names).map(JsonNode::asText).orElse(otherwise);
    }

    /** Two sizes, of which Keras may write one for both. */
    List<Integer> two(String... names) {
        JsonNode node = require(names);
        List<Integer> sizes = new ArrayList<>();
        if (node.isIntegralNumber()) {
            sizes.addAll(List.of(node.asInt(), node.asInt()));
        } else {
            node.forEach(size -> sizes.add(size.asInt(0)));
        }
        if (sizes.size() != 2 && !node.isMissingNode()) {
            refuse(names[0], node.toString(), "two sizes");
        }
        return sizes.size() == 2 ? sizes : List.of(1, 1);
    }

    /** The sizes of {@code target_shape}, channels last. */
    List<Integer> target() {
        List<Integer> sizes = new ArrayList<>();
        JsonNode node = require("target_shape");
        node.forEach(size -> sizes.add(size.asInt(0)));
        if (sizes.isEmpty() || sizes.size() > 3 || sizes.stream().anyMatch(size -> size < 1)) {
            refuse("target_shape", node.toString(), "one to three sizes, all known");
            return List.of(1);
        }
        return channels.last(sizes);
    }

    /** What must be so, as there is no other here. */
    void only(String name, String... allowed) {
        find(name)
                .filter(node -> !List.of(allowed).contains(node.toString()))
                .ifPresent(node -> refuse(name, node.toString(), String.join(" or ", allowed)));
    }

    /** What predictions do not need, such as first values. */
    void passOver(String... names) {
        asked.addAll(Arrays.asList(names));
    }

    void refuse(String key, String found, String expected) {
        problems.add("Cannot import " + layer.place() + ": " + key + " " + found + " (expected " + expected + ")");
    }

    /** Tells every key that says something and was not asked for. */
    void finish() {
        find("dtype")
                .map(node -> node.isObject() ? node.path("config").path("name") : node)
                .map(JsonNode::asText)
                .filter(type -> !type.equals("float32") && !type.equals("float64"))
                .ifPresent(type -> refuse("dtype", type, "float32"));
        layer.config().fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            boolean silent = value.isNull()
                    || (value.isBoolean() && !value.asBoolean())
                    || (value.isContainerNode() && value.isEmpty());
            if (!silent && !asked.contains(field.getKey()) && !field.getKey().endsWith("_initializer")) {
                refuse(field.getKey(), value.toString(), "none, as Starling has no such option");
            }
        });
    }
}
