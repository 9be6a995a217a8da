package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Layers of noise, of learned slopes, of places, and those that join several, as entries of an experiment file. */
final class PlainWords {
    /** Classes that take several inputs. */
    static final Set<String> JOINING = Set.of("Add", "Concatenate", "Merge");

    private PlainWords() {}

    static void addTo(Map<String, Function<Options, ObjectNode>> known) {
        known.put("Dropout", o -> LayerWords.entry("dropout", keys -> keys.put("rate", o.number("rate", "p"))));
        known.put(
                "GaussianNoise",
                o -> LayerWords.entry("gaussianNoise", keys -> keys.put("stddev", o.number("stddev", "sigma"))));
        known.put(
                "GaussianDropout",
                o -> LayerWords.entry("gaussianDropout", keys -> keys.put("rate", o.number("rate", "p"))));
        known.put("PReLU", o -> LayerWords.entry("prelu", keys -> slopes(keys, o)));
        known.put(
                "UpSampling1D",
                o -> LayerWords.entry("upSampling1d", keys -> keys.put("size", o.integer("size", "length"))));
        known.put("ZeroPadding1D", o -> LayerWords.entry("zeroPadding1d", keys -> padding(keys, o)));
        known.put("ZeroPadding2D", o -> LayerWords.entry("zeroPadding2d", keys -> padding(keys, o)));
        for (String kind : List.of("Max", "Average")) {
            for (int axes = 1; axes <= 2; axes++) {
                String word = "global" + kind + "Pooling" + axes + "d";
                known.put(
                        "Global" + kind + "Pooling" + axes + "D",
                        o -> LayerWords.entry(word, keys -> o.passOver("data_format", "dim_ordering")));
            }
        }
        known.put("Add", o -> LayerWords.entry("add", keys -> {}));
        known.put("Concatenate", o -> LayerWords.entry("concatenate", keys -> o.passOver("axis")));
        known.put("Merge", PlainWords::merge);
    }

    /** Keras 1. */
    private static ObjectNode merge(Options o) {
        String mode = o.word("sum", "mode");
        o.only("concat_axis", "-1");
        o.passOver("dot_axes", "mode_type", "output_shape_type", "output_mask_type");
        if (!mode.equals("sum") && !mode.equals("concat")) {
            o.refuse("mode", mode, "sum or concat");
        }
        return LayerWords.entry(mode.equals("concat") ? "concatenate" : "add", keys -> {});
    }

    /** Channels first, the axes after the first; channels last, those before the last. */
    private static void slopes(ObjectNode keys, Options o) {
        ArrayNode shared = keys.putArray("sharedAxes");
        o.find("shared_axes")
                .ifPresent(axes ->
                        axes.forEach(axis -> shared.add(o.channels().first() ? axis.asInt() - 1 : axis.asInt())));
    }

    /** One number, one for each axis, or a pair for each; of Keras 1 also all four sides. */
    private static void padding(ObjectNode keys, Options o) {
        o.passOver("data_format", "dim_ordering");
        o.find("padding").ifPresent(node -> {
            boolean sides = node.isArray() && node.size() == 4;
            if (sides) {
                ArrayNode axes = keys.putArray("padding");
                axes.addArray().add(node.get(0)).add(node.get(1));
                axes.addArray().add(node.get(2)).add(node.get(3));
            } else if (wholeNumbers(node)) {
                keys.set("padding", node);
            } else {
                o.refuse("padding", node.toString(), "whole numbers");
            }
        });
    }

    private static boolean wholeNumbers(JsonNode node) {
        if (!node.isArray()) {
            return node.isIntegralNumber();
        }
        boolean all = !node.isEmpty();
        for (JsonNode child : node) {
            all &= wholeNumbers(child);
        }
        return all;
    }
}
