package dev.starling.jobs.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.driver.keras.KerasLayer;
import dev.starling.driver.keras.KerasModel;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sizes of one example, from wherever a model says them. */
final class InputSizes {
    private InputSizes() {}

    /**
     * Channels last; something harmless where there is a problem.
     *
     * @param first the layer through which examples come in
     */
    static List<Integer> of(KerasModel model, KerasLayer first, Channels channels, String place, Problems problems) {
        Optional<JsonNode> shape = present(first.config().path("batch_shape"))
                .or(() -> present(first.config().path("batch_input_shape")))
                .or(model::inputShape);
        if (shape.isEmpty()) {
            JsonNode flat = first.config().path("input_dim");
            if (flat.canConvertToInt() && flat.asInt() > 0) {
                return List.of(flat.asInt());
            }
            problems.add(
                    "Cannot import " + place
                            + ": the model does not say its input's shape (expected an Input layer, or a model that was built)");
            return List.of(1);
        }
        List<Integer> sizes = new ArrayList<>();
        for (int i = 1; i < shape.get().size(); i++) {
            sizes.add(shape.get().get(i).asInt(0));
        }
        if (sizes.isEmpty() || sizes.size() > 3 || sizes.stream().anyMatch(size -> size < 1)) {
            problems.add("Cannot import " + first.place() + ": input of shape " + shape.get()
                    + " (expected [null, n], [null, length, channels] or three sizes, all known)");
            return List.of(1);
        }
        return channels.last(sizes);
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return node.isArray() ? Optional.of(node) : Optional.empty();
    }
}
