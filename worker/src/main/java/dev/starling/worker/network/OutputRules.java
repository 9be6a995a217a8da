package dev.starling.worker.network;

import java.util.ArrayList;
import java.util.List;

/** What the last layer must be like for its loss. */
final class OutputRules {
    private OutputRules() {}

    static List<String> problems(NetworkSpec spec, LayerLayout last) {
        List<String> problems = new ArrayList<>();
        String where = "Cannot end network with layer " + last.spec().name() + " ("
                + last.spec().type() + "): ";
        if (!(last.output() instanceof Shape.Flat)) {
            problems.add(where + "output of shape " + last.output().dimensions()
                    + " (expected one axis: add a flatten or a dense layer)");
        }
        Activation activation = last.spec().nonlinearity().orElse(Activation.Simple.LINEAR);
        boolean softmax = activation == Activation.Simple.SOFTMAX;
        // Keras divides other outputs by their sum first; DL4J does not, and its gradient would be another.
        if (spec.loss() == Loss.CATEGORICAL_CROSSENTROPY && !softmax) {
            problems.add(
                    where + "loss categoricalCrossentropy on activation " + activation.label() + " (expected softmax)");
        }
        if (spec.loss() == Loss.BINARY_CROSSENTROPY && !softmax && activation != Activation.Simple.SIGMOID) {
            problems.add(where + "loss binaryCrossentropy on activation " + activation.label() + " (expected sigmoid)");
        }
        return problems;
    }
}
