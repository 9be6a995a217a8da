package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** The name of what stands before all layers. */
    static final String INPUT = "input";

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

    private ObjectNode input(Shape shape) {
        ObjectNode config = Json.object();
        config.set(inputShape, batch(shape));
        return layer("InputLayer", config.put("dtype", "float32").put("name", INPUT));
    }

    private ObjectNode layer(String type, ObjectNode config) {
        ObjectNode node = in("keras.layers", Json.object());
        node.put("class_name", type);
        node.set("config", config);
        return node;
    }

    /** Layers one after the other. */
    ObjectNode sequential(String name, Shape input, List<WrittenLayer> layers) {
        ObjectNode root = in("keras", Json.object());
        if (this == ARCHIVE) {
            root.putObject("build_config").set("input_shape", batch(input));
        }
        ObjectNode config = root.put("class_name", "Sequential").putObject("config");
        ArrayNode list = config.put("name", name).putArray("layers").add(input(input));
        layers.forEach(layer -> list.add(layer(layer.type(), layer.config())));
        return root;
    }

    /**
     * Layers that say what they read.
     *
     * @param ends names of those that the model gives
     */
    ObjectNode functional(String name, Shape input, List<WrittenLayer> layers, List<String> ends) {
        ObjectNode root = in("keras", Json.object());
        ObjectNode config =
                root.put("class_name", modules ? "Model" : "Functional").putObject("config");
        ArrayNode list = config.put("name", name).putArray("layers");
        ObjectNode first = input(input).put("name", INPUT);
        first.putArray("inbound_nodes");
        list.add(first);
        for (WrittenLayer layer : layers) {
            ObjectNode node = layer(layer.type(), layer.config()).put("name", layer.name());
            node.putArray("inbound_nodes").add(inbound(layer.inputs()));
            list.add(node);
        }
        config.putArray("input_layers").add(end(INPUT));
        ArrayNode outputs = config.putArray("output_layers");
        ends.forEach(end -> outputs.add(end(end)));
        return root;
    }

    private static ArrayNode end(String layer) {
        return Json.object().putArray("end").add(layer).add(0).add(0);
    }

    private JsonNode inbound(List<WrittenLayer.Tensor> tensors) {
        ObjectNode node = Json.object();
        if (this != ARCHIVE) {
            ArrayNode list = node.putArray("tensors");
            tensors.forEach(tensor -> list.add(end(tensor.layer()).add(Json.object())));
            return list;
        }
        ArrayNode arguments = node.putArray("args");
        ArrayNode list = tensors.size() == 1 ? arguments : arguments.addArray();
        for (WrittenLayer.Tensor tensor : tensors) {
            ObjectNode config =
                    list.addObject().put("class_name", "__keras_tensor__").putObject("config");
            config.set("shape", batch(tensor.shape()));
            config.put("dtype", "float32").set("keras_history", end(tensor.layer()));
        }
        node.putObject("kwargs");
        return node;
    }

    private static ArrayNode batch(Shape shape) {
        ArrayNode sizes = Json.object().putArray("shape").addNull();
        shape.dimensions().forEach(sizes::add);
        return sizes;
    }
}
