package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A layer as Keras is given it.
 *
 * @param type its class in Keras
 * @param slot what files of weights call it
 * @param arrays in Keras's order
 */
record WrittenLayer(String type, String name, String slot, ObjectNode config, List<NamedArray> arrays) {
    /** @param name as Keras has it: {@code kernel}, {@code moving_mean} */
    record NamedArray(String name, KerasArray array) {}
}
