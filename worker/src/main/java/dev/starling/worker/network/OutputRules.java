package dev.starling.worker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the last layer must be like for its loss. */
final class OutputRules {
    private static final Set<Activation> NOT_NEGATIVE = Set.of(
            Activation.Simple.RELU,
            Activation.Simple.SIGMOID,
            Activation.Simple.SOFTMAX,
            Activation.Simple.SOFTPLUS,
            Activation.Simple.HARD_SIGMOID);

    private OutputRules() {}

    static List<String> problems(NetworkSpec spec, Loss loss, LayerLayout last) {
        List<String> problems = new ArrayList<>();
        String where = "Cannot end network with layer " + last.spec().name() + " ("
                + last.spec().type() + "): ";
        // With other losses an image may be given back: whether the target is one, TargetCoding knows.
        boolean several = spec.wiring().outputs().size() > 1;
        if ((several || loss == Loss.CATEGORICAL_CROSSENTROPY) && !(last.output() instanceof Shape.Flat)) {
            problems.add(where + "output of shape " + last.output().dimensions()
                    + " (expected one axis: add a flatten or a dense layer)");
        }
        Activation activation = last.spec().nonlinearity().orElse(Activation.Simple.LINEAR);
        boolean softmax = activation == Activation.Simple.SOFTMAX;
        // Keras divides other outputs by their sum first; DL4J does not, and its gradient would be another.
        if (loss == Loss.CATEGORICAL_CROSSENTROPY && !softmax) {
            problems.add(
                    where + "loss categoricalCrossentropy on activation " + activation.label() + " (expected softmax)");
        }
        problems.addAll(thresholds(spec, loss, last, activation, where));
        boolean mayBeNegative = !NOT_NEGATIVE.contains(activation);
        if ((loss == Loss.POISSON || loss == Loss.KL_DIVERGENCE) && mayBeNegative) {
            problems.add(where + "loss " + loss.label() + " on activation " + activation.label()
                    + ", whose values may be negative (expected one of relu, sigmoid, softmax, softplus, hardSigmoid)");
        }
        if (loss == Loss.BINARY_CROSSENTROPY && !softmax && activation != Activation.Simple.SIGMOID) {
            problems.add(where + "loss binaryCrossentropy on activation " + activation.label() + " (expected sigmoid)");
        }
        return problems;
    }

    /** A threshold unit has no derivative: only Rosenblatt's rule trains it, and that trains nothing else, nor anything behind it. */
    private static List<String> thresholds(
            NetworkSpec spec, Loss loss, LayerLayout last, Activation activation, String where) {
        List<String> problems = new ArrayList<>();
        if ((loss == Loss.PERCEPTRON) != (activation == Activation.Simple.THRESHOLD)) {
            problems.add(where + "loss " + loss.label() + " on activation " + activation.label()
                    + " (expected perceptron and threshold together, or neither)");
        }
        if (loss == Loss.PERCEPTRON && (spec.layers().size() > 1 || !(last.spec() instanceof Dense))) {
            problems.add(where + "loss perceptron on a network of "
                    + spec.layers().size() + " layers (expected one dense layer: Rosenblatt's rule trains no other)");
        }
        for (LayerSpec layer : spec.layers()) {
            boolean threshold = layer.nonlinearity().equals(Optional.of(Activation.Simple.THRESHOLD));
            if (threshold && layer != last.spec() && !spec.wiring().outputs().contains(layer.name())) {
                problems.add("Cannot train layer " + layer.name() + " (" + layer.type()
                        + "): activation threshold, which has no derivative (expected it in the last layer alone)");
            }
        }
        return problems;
    }
}
