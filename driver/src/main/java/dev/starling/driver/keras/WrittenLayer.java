package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.worker.network.Shape;
import java.util.List;

/**
 * A layer as Keras is given it.
 *
 * @param type its class in Keras
 * @param slot what files of weights call it
 * @param arrays in Keras's order
 * @param inputs what it reads
 */
record WrittenLayer(
        String type, String name, String slot, ObjectNode config, List<NamedArray> arrays, List<Tensor> inputs) {
    /** @param name as Keras has it: {@code kernel}, {@code moving_mean} */
    record NamedArray(String name, KerasArray array) {}

    /** What the layer of a name gives. */
    record Tensor(String layer, Shape shape) {}

    WrittenLayer in(String otherSlot) {
        return new WrittenLayer(type, name, otherSlot, config, arrays, inputs);
    }
}
