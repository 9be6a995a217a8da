package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A layer as a Keras file describes it.
 *
 * @param position in the file's list of layers, from 1
 * @param type its class in Keras, such as {@code Conv2D}
 * @param name as the file gives it
 * @param slot what the newer files of weights call it: its class in snake case and, but for the first of its class, a number
 * @param config the class's own keys
 * @param inputs names of the layers whose outputs it takes; of a model in sequence the one before, none for the first
 */
public record KerasLayer(int position, String type, String name, String slot, JsonNode config, List<String> inputs) {
    public KerasLayer {
        inputs = List.copyOf(inputs);
    }

    /** For messages. */
    public String place() {
        return "layer " + position + " (" + type + " " + name + ")";
    }
}
