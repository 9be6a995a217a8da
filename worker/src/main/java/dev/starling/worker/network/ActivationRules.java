package dev.starling.worker.network;

import java.util.ArrayList;
import java.util.List;

/** Which activation functions a layer can have: on shapes where they mean what Keras means, and where they can be trained. */
final class ActivationRules {
    private ActivationRules() {}

    static List<String> problems(LayerSpec layer, Shape output) {
        List<String> problems = new ArrayList<>();
        layer.nonlinearity().ifPresent(activation -> {
            // DL4J takes the softmax over the last axis in memory, which is the width of an image.
            if (activation == Activation.Simple.SOFTMAX && !(output instanceof Shape.Flat)) {
                problems.add("Cannot build layer " + layer.name() + " (" + layer.type() + "): softmax on shape "
                        + output.dimensions() + " (expected one axis)");
            }
        });
        return problems;
    }
}
