package dev.starling.worker.network;

import dev.starling.worker.network.Activation.Simple;
import java.util.List;
import java.util.Map;

/** Networks that are no sequences. */
public final class Graphs {
    private Graphs() {}

    /** Two paths from one layer, added, beside the input itself. */
    public static NetworkSpec residual() {
        return new NetworkSpec(
                new Shape.Flat(4),
                List.of(
                        dense("first", 5, Simple.TANH),
                        dense("left", 5, Simple.SIGMOID),
                        dense("right", 5, Simple.TANH),
                        new Add("sum"),
                        new Concatenate("all"),
                        dense("last", 3, Simple.SOFTMAX)),
                Wiring.of(
                        Map.of(
                                "right",
                                List.of("first"),
                                "sum",
                                List.of("left", "right", "first"),
                                "all",
                                List.of("sum", "input")),
                        List.of()),
                Loss.CATEGORICAL_CROSSENTROPY);
    }

    /** Branches over an image: joined by channels, added, normalised, and an activation alone whose input is read by others too. */
    public static NetworkSpec branches() {
        return branches(new Shape.Image(6, 5, 2), 8);
    }

    /** The same of other sizes. */
    public static NetworkSpec branches(Shape.Image input, int filters) {
        return new NetworkSpec(
                input,
                List.of(
                        conv("stem", filters),
                        conv("a", filters),
                        new BatchNormalization("norm", 0.9, 1e-3),
                        new ActivationLayer("squash", Simple.TANH),
                        new Add("sum"),
                        new Concatenate("wide"),
                        new Pooling2d("pool", Pooling.AVERAGE, 2, 2, 2, 2, Padding.VALID),
                        new Flatten("flat"),
                        dense("last", 2, Simple.LINEAR)),
                Wiring.of(
                        Map.of(
                                "a", List.of("stem"),
                                "squash", List.of("stem"),
                                "sum", List.of("norm", "squash"),
                                "wide", List.of("sum", "stem", "input")),
                        List.of()),
                Loss.MEAN_SQUARED_ERROR);
    }

    /** {@link #residual} with a price on the activations of a layer that two others read. */
    public static NetworkSpec penalized() {
        NetworkSpec plain = residual();
        Weights priced = Weights.DEFAULT.with(new ActivityPenalty(0.01, 0.02, 0, 0.05, 0));
        List<LayerSpec> layers = plain.layers().stream()
                .map(layer -> layer.name().equals("first") ? new Dense("first", 5, Simple.TANH, priced) : layer)
                .toList();
        return new NetworkSpec(plain.input(), layers, plain.wiring(), plain.loss());
    }

    /** Two outputs of different losses behind a layer that they share. */
    public static NetworkSpec twoOutputs() {
        return new NetworkSpec(
                new Shape.Flat(4),
                List.of(
                        dense("shared", 5, Simple.TANH),
                        dense("value", 2, Simple.LINEAR),
                        dense("chance", 1, Simple.SIGMOID)),
                Wiring.of(Map.of("chance", List.of("shared")), List.of("value", "chance"))
                        .with(List.of(Loss.MEAN_SQUARED_ERROR, Loss.BINARY_CROSSENTROPY)),
                Loss.MEAN_SQUARED_ERROR);
    }

    /** Series, two paths of them, flattened apart; listed from the end. */
    public static NetworkSpec backwards() {
        return new NetworkSpec(
                new Shape.Sequence(7, 2),
                List.of(
                        dense("last", 1, Simple.SIGMOID),
                        new Concatenate("both"),
                        new Flatten("flat1"),
                        new Flatten("flat2"),
                        new Conv1d("c1", 8, 3, 1, Padding.SAME, Simple.TANH, Weights.DEFAULT),
                        new Conv1d("c2", 8, 2, 2, Padding.VALID, Simple.SIGMOID, Weights.DEFAULT)),
                Wiring.of(
                        Map.of(
                                "last", List.of("both"),
                                "both", List.of("flat1", "flat2"),
                                "flat1", List.of("c1"),
                                "flat2", List.of("c2"),
                                "c1", List.of("input"),
                                "c2", List.of("input")),
                        List.of("last")),
                Loss.BINARY_CROSSENTROPY);
    }

    private static Dense dense(String name, int units, Activation activation) {
        return new Dense(name, units, activation, Weights.DEFAULT);
    }

    private static Conv2d conv(String name, int filters) {
        return new Conv2d(name, filters, 3, 3, 1, 1, Padding.SAME, Simple.TANH, Weights.DEFAULT);
    }
}
