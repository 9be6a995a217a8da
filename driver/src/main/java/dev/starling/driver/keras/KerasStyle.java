package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.store.Json;
import dev.starling.worker.network.Shape;
import java.util.List;

/** How an architecture is spelled. */
enum KerasStyle {
    /** As Keras 3 in its archives. */
    ARCHIVE(true, "batch_shape", "negative_slope"),
    /** With the modules that Keras 3 asks of JSON, and the keys that Keras 2 knows: 3 takes those, too. */
    JSON(true, "batch_input_shape", "alpha"),
    /** As Keras 2 in whole models; of them Keras 3 asks no modules. */
    WHOLE(false, "batch_input_shape", "alpha");

    private final boolean modules;
    private final String inputShape;
    private final String slope;

    KerasStyle(boolean modules, String inputShape, String slope) {
        this.modules = modules;
        this.inputShape = inputShape;
        this.slope = slope;
    }

    /** Says whose class it is, where the style does. */
    ObjectNode in(String module, ObjectNode node) {
        return modules ? node.put("module", module).putNull("registered_name") : node;
    }

    /** The key of a leaky unit's slope. */
    String slope() {
        return slope;
    }

    ObjectNode input(Shape shape) {
        ObjectNode config = Json.object();
        config.set(inputShape, batch(shape));
        return config.put("dtype", "float32").put("name", "input");
    }

    ObjectNode layer(String type, ObjectNode config) {
        ObjectNode node = in("keras.layers", Json.object());
        node.put("class_name", type);
        node.set("config", config);
        return node;
    }

    /** @param version of Keras that is said to have written it */
    ObjectNode sequential(String name, Shape input, List<ObjectNode> layers, String version) {
        ObjectNode root = in("keras", Json.object());
        if (this == ARCHIVE) {
            root.putObject("build_config").set("input_shape", batch(input));
        } else {
            root.put("keras_version", version).put("backend", "tensorflow");
        }
        ArrayNode list = root.put("class_name", "Sequential")
                .putObject("config")
                .put("name", name)
                .putArray("layers");
        layers.forEach(list::add);
        return root;
    }

    private static ArrayNode batch(Shape shape) {
        ArrayNode sizes = Json.object().putArray("shape").addNull();
        shape.dimensions().forEach(sizes::add);
        return sizes;
    }
}
