package dev.starling.worker.network;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A network as Keras's {@code model.summary()} prints it: a line a layer, then totals; plain text, lines end in {@code \n}. */
public final class Summary {
    private static final int WIDTH = 98;

    private Summary() {}

    /** @throws dev.starling.worker.InvalidInput if sizes do not fit */
    public static String of(NetworkSpec spec) {
        return of(NetworkLayout.of(spec));
    }

    public static String of(NetworkLayout layout) {
        StringBuilder text = new StringBuilder();
        boolean graph = isGraph(layout);
        String joined = graph ? "   Connected to" : "";
        line(text, row("Layer (type)", "Output Shape", "Param #", graph ? "Trainable " : "Trainable") + joined);
        line(text, "=".repeat(WIDTH));
        line(text, row("input", shape(layout.input()), "0", "-"));
        for (LayerLayout layer : layout.layers()) {
            line(
                    text,
                    row(
                            layer.spec().name() + " (" + layer.spec().type() + ")",
                            shape(layer.output()),
                            count(layer.counted()),
                            graph
                                    ? String.format(Locale.ROOT, "%-12s ", trainable(layer)) + connected(layer, layout)
                                    : trainable(layer)));
        }
        line(text, "=".repeat(WIDTH));
        line(text, "Total params: " + count(layout.counted()));
        line(text, "Trainable params: " + count(layout.trainable()));
        line(text, "Non-trainable params: " + count(layout.nonTrainable()));
        return text.toString();
    }

    /** Whether any layer reads another than the one above it. */
    private static boolean isGraph(NetworkLayout layout) {
        for (int i = 0; i < layout.layers().size(); i++) {
            if (!layout.layers().get(i).sources().equals(List.of(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static String connected(LayerLayout layer, NetworkLayout layout) {
        return layer.sources().stream()
                .map(source -> source < 0
                        ? Wiring.INPUT
                        : layout.layers().get(source).spec().name())
                .collect(Collectors.joining(", "));
    }

    private static String trainable(LayerLayout layer) {
        int all = layer.counted();
        if (all == 0) {
            return "-";
        }
        int some = layer.trainable();
        return some == all ? "yes" : some == 0 ? "no" : count(some) + " of " + count(all);
    }

    private static String shape(Shape shape) {
        List<Integer> dimensions = shape.dimensions();
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "(None, ", ")"));
    }

    private static String count(int n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static String row(String layer, String shape, String parameters, String trainable) {
        return String.format(Locale.ROOT, "%-44s %-20s %12s   %s", layer, shape, parameters, trainable);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
