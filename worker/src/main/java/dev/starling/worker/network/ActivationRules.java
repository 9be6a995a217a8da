package dev.starling.worker.network;

import java.util.ArrayList;
import java.util.List;

/** Which activation functions a layer can have: those whose derivative DL4J has right, on shapes where it means what Keras means. */
final class ActivationRules {
    private ActivationRules() {}

    static List<String> problems(LayerSpec layer, Shape output) {
        List<String> problems = new ArrayList<>();
        layer.nonlinearity().ifPresent(activation -> {
            String where = "Cannot build layer " + layer.name() + " (" + layer.type() + "): ";
            // EluBp in DL4J ignores alpha: forward would use it and the gradient would not.
            if (activation instanceof Activation.Elu elu && elu.alpha() != 1) {
                problems.add(where + "elu with alpha " + elu.alpha() + " (expected alpha 1, others not yet)");
            }
            // DL4J takes the softmax over the last axis in memory, which is the width of an image.
            if (activation == Activation.Simple.SOFTMAX && !(output instanceof Shape.Flat)) {
                problems.add(where + "softmax on shape " + output.dimensions() + " (expected one axis)");
            }
        });
        return problems;
    }
}
