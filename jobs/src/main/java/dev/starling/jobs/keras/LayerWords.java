package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Each class of layers that Keras and Starling know, as an entry of an experiment file's {@code layers}, without its name. */
final class LayerWords {
    private static final Map<String, Function<Options, ObjectNode>> KNOWN = known();

    private LayerWords() {}

    private static Map<String, Function<Options, ObjectNode>> known() {
        Map<String, Function<Options, ObjectNode>> known = new TreeMap<>();
        known.put("Dense", o -> weighted("dense", o, keys -> keys.put("units", o.integer("units", "output_dim"))));
        for (String name : List.of("Conv1D", "Convolution1D")) {
            known.put(name, o -> weighted("conv1d", o, keys -> conv1d(keys, o)));
        }
        for (String name : List.of("Conv2D", "Convolution2D")) {
            known.put(name, o -> weighted("conv2d", o, keys -> conv2d(keys, o)));
        }
        known.put("MaxPooling1D", o -> pooling1d("maxPooling1d", o));
        known.put("AveragePooling1D", o -> pooling1d("averagePooling1d", o));
        known.put("MaxPooling2D", o -> pooling2d("maxPooling2d", o));
        known.put("AveragePooling2D", o -> pooling2d("averagePooling2d", o));
        known.put("Reshape", o -> entry("reshape", keys -> put(keys, "targetShape", o.target())));
        known.put(
                "UpSampling2D",
                o -> entry("upSampling2d", keys -> {
                    put(keys, "size", o.two("size"));
                    o.only("interpolation", "\"nearest\"");
                    o.passOver("data_format", "dim_ordering");
                }));
        known.put("Flatten", o -> entry("flatten", keys -> o.passOver("data_format")));
        known.put("BatchNormalization", o -> entry("batchNormalization", keys -> normalization(keys, o)));
        known.put("Activation", o -> activation(Functions.of(o)));
        known.put("ReLU", o -> activation(Functions.relu(o)));
        known.put("LeakyReLU", o -> activation(Functions.leaky(o.number(0.3, "negative_slope", "alpha"))));
        known.put("ELU", o -> activation(Functions.elu(o.number(1, "alpha"))));
        known.put("Softmax", o -> {
            o.only("axis", "-1", "1");
            return activation(TextNode.valueOf("softmax"));
        });
        PlainWords.addTo(known);
        return known;
    }

    /** Whether there is such a class here. */
    static boolean knows(String type) {
        return KNOWN.containsKey(type);
    }

    /** Whether it takes several inputs. */
    static boolean joins(String type) {
        return PlainWords.JOINING.contains(type);
    }

    static String names() {
        return String.join(", ", KNOWN.keySet());
    }

    /** What becomes of a layer; problems with what it says go where {@code o} collects them. */
    static ObjectNode of(String type, Options o) {
        ObjectNode entry = KNOWN.get(type).apply(o);
        o.finish();
        return entry;
    }

    interface Keys {
        void put(ObjectNode keys);
    }

    static ObjectNode entry(String word, Keys fill) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        fill.put(entry.putObject(word));
        return entry;
    }

    private static ObjectNode activation(JsonNode function) {
        return entry("activation", keys -> keys.set("function", function));
    }

    private static ObjectNode weighted(String word, Options o, Keys sizes) {
        return entry(word, keys -> {
            sizes.put(keys);
            keys.set("activation", Functions.of(o));
            keys.put("useBias", o.flag(true, "use_bias", "bias"));
            Penalties.put(keys, o);
        });
    }

    private static void conv1d(ObjectNode keys, Options o) {
        keys.put("filters", o.integer("filters", "nb_filter"));
        keys.put("kernelSize", o.integer("kernel_size", "filter_length"));
        keys.put(
                "strides",
                o.find("strides", "subsample_length").isEmpty() ? 1 : o.integer("strides", "subsample_length"));
        keys.put("padding", padding(o));
        o.only("dilation_rate", "[1]", "1");
        o.only("atrous_rate", "1");
        o.only("groups", "1");
        o.passOver("data_format");
    }

    private static void conv2d(ObjectNode keys, Options o) {
        keys.put("filters", o.integer("filters", "nb_filter"));
        boolean old = o.find("nb_row").isPresent();
        put(keys, "kernelSize", old ? List.of(o.integer("nb_row"), o.integer("nb_col")) : o.two("kernel_size"));
        put(keys, "strides", o.find("strides", "subsample").isEmpty() ? List.of(1, 1) : o.two("strides", "subsample"));
        keys.put("padding", padding(o));
        o.only("dilation_rate", "[1,1]", "1");
        o.only("atrous_rate", "[1,1]");
        o.only("groups", "1");
        o.passOver("data_format", "dim_ordering");
    }

    private static ObjectNode pooling1d(String word, Options o) {
        return entry(word, keys -> {
            keys.put("poolSize", o.integer("pool_size", "pool_length"));
            if (o.find("strides", "stride").isPresent()) {
                keys.put("strides", o.integer("strides", "stride"));
            }
            keys.put("padding", padding(o));
            o.passOver("data_format");
        });
    }

    private static ObjectNode pooling2d(String word, Options o) {
        return entry(word, keys -> {
            put(keys, "poolSize", o.two("pool_size"));
            if (o.find("strides").isPresent()) {
                put(keys, "strides", o.two("strides"));
            }
            keys.put("padding", padding(o));
            o.passOver("data_format", "dim_ordering");
        });
    }

    private static void normalization(ObjectNode keys, Options o) {
        keys.put("momentum", o.number(0.99, "momentum"));
        keys.put("epsilon", o.number(1e-3, "epsilon"));
        keys.put("center", o.flag(true, "center"));
        keys.put("scale", o.flag(true, "scale"));
        o.only("mode", "0");
        o.passOver("axis");
    }

    private static String padding(Options o) {
        String word = o.word("valid", "padding", "border_mode");
        if (!word.equals("valid") && !word.equals("same")) {
            o.refuse("padding", word, "valid or same");
        }
        return word;
    }

    private static void put(ObjectNode keys, String key, List<Integer> sizes) {
        ArrayNode array = keys.putArray(key);
        sizes.forEach(array::add);
    }
}
