package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.driver.keras.KerasLayer;
import dev.starling.driver.keras.KerasModel;
import dev.starling.worker.Problems;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a model of Keras has its channels first or last, which all of its layers must say alike. */
record Channels(boolean first) {
    static Channels of(KerasModel model, Problems problems) {
        Set<Boolean> said = new HashSet<>();
        for (KerasLayer layer : model.layers()) {
            if (!layer.type().equals("Flatten")) {
                String word = layer.config()
                        .path("data_format")
                        .asText(layer.config().path("dim_ordering").asText());
                if (!word.isEmpty() && said.add(isFirst(word)) && said.size() > 1) {
                    problems.add("Cannot import " + layer.place() + ": data_format " + word
                            + " (expected the same as in the layers before it)");
                }
            }
        }
        return new Channels(said.contains(true));
    }

    private static boolean isFirst(String word) {
        return word.equals("channels_first") || word.equals("th");
    }

    /** Sizes with the channels at the end. */
    List<Integer> last(List<Integer> sizes) {
        if (!first || sizes.size() < 2) {
            return sizes;
        }
        List<Integer> last = new java.util.ArrayList<>(sizes.subList(1, sizes.size()));
        last.add(sizes.get(0));
        return last;
    }

    /** Names of the layers of learned slopes, flatten and reshape layers beside which Keras has the channels first and leaves them there: it brings them to the end only where told. */
    Set<String> inOurOrder(Map<String, KerasLayer> origins) {
        Set<String> names = new HashSet<>();
        origins.forEach((name, layer) -> {
            boolean moves = isFirst(layer.config().path("data_format").asText());
            if (first && Set.of("Flatten", "Reshape", "PReLU").contains(layer.type()) && !moves) {
                names.add(name);
            }
        });
        return names;
    }

    /** @throws dev.starling.worker.InvalidInput if a layer works along another axis than the channels */
    void requireLastAxes(NetworkLayout layout, Map<String, KerasLayer> origins) {
        Problems problems = new Problems();
        for (LayerLayout layer : layout.layers()) {
            KerasLayer origin = origins.get(layer.spec().name());
            JsonNode axis = origin.config().path("axis");
            boolean flat = layer.input() instanceof Shape.Flat;
            boolean moves = origin.type().equals("Flatten")
                    && isFirst(origin.config().path("data_format").asText());
            if (moves && !first && !flat) {
                problems.add("Cannot import " + origin.place()
                        + ": data_format channels_first (expected channels_last, as in the other layers)");
            }
            if (axis.isMissingNode() || axis.isNull()) {
                continue;
            }
            int rank = layer.input().dimensions().size();
            int channels = first && !flat ? 1 : rank;
            int written = axis.isArray() ? axis.path(0).asInt() : axis.asInt();
            if ((written < 0 ? rank + 1 + written : written) != channels) {
                problems.add("Cannot import " + origin.place() + ": axis " + axis + " (expected " + channels
                        + ", the channels)");
            }
        }
        problems.throwIfAny();
    }
}
