package dev.starling.worker.plan;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.Add;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Concatenate;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import dev.starling.worker.network.Wiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Draws graphs of smooth layers: each new one reads what is there already, and at the end all that nobody reads is joined. */
final class RandomGraphs {
    private static final List<Loss> LOSSES =
            List.of(Loss.CATEGORICAL_CROSSENTROPY, Loss.BINARY_CROSSENTROPY, Loss.MEAN_SQUARED_ERROR);

    private final SplittableRandom random;
    private final List<LayerSpec> layers = new ArrayList<>();
    private final Map<String, List<String>> inputs = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private int names;

    RandomGraphs(long seed) {
        this.random = new SplittableRandom(seed);
    }

    NetworkSpec draw() {
        boolean images = random.nextBoolean();
        Shape input = images
                ? new Shape.Image(4 + random.nextInt(4), 4 + random.nextInt(4), 1 + random.nextInt(3))
                : new Shape.Flat(2 + random.nextInt(20));
        shapes.put(Wiring.INPUT, input);
        add(over(input), Wiring.INPUT);
        for (int i = random.nextInt(2, 8); i > 0; i--) {
            grow();
        }
        List<String> ends = new ArrayList<>();
        for (String end : List.copyOf(unread)) {
            ends.add(shapes.get(end) instanceof Shape.Flat ? end : add(new Flatten(name()), end));
        }
        String joined = ends.size() == 1 ? ends.get(0) : add(new Concatenate(name()), ends.toArray(String[]::new));
        Loss loss = LOSSES.get(random.nextInt(LOSSES.size()));
        add(last(loss), joined);
        shuffle();
        return new NetworkSpec(
                input,
                layers,
                Wiring.of(
                        inputs,
                        List.of(layers.stream()
                                .filter(layer -> unread.contains(layer.name()))
                                .findFirst()
                                .orElseThrow()
                                .name())),
                loss);
    }

    /** The order of the list says nothing where every layer says what it reads. */
    private void shuffle() {
        for (int i = layers.size() - 1; i > 0; i--) {
            java.util.Collections.swap(layers, i, random.nextInt(i + 1));
        }
    }

    private void grow() {
        String one = any(List.copyOf(shapes.keySet()));
        List<String> alike = shapes.keySet().stream()
                .filter(other -> !other.equals(one) && shapes.get(other).equals(shapes.get(one)))
                .toList();
        List<String> beside = shapes.keySet().stream()
                .filter(other -> !other.equals(one) && areas(other).equals(areas(one)))
                .toList();
        int kind = random.nextInt(4);
        if (kind == 0 && !alike.isEmpty()) {
            add(new Add(name()), one, any(alike));
        } else if (kind == 1 && !beside.isEmpty()) {
            add(new Concatenate(name()), one, any(beside));
        } else {
            add(over(shapes.get(one)), one);
        }
    }

    private List<Integer> areas(String layer) {
        List<Integer> dimensions = shapes.get(layer).dimensions();
        return dimensions.subList(0, dimensions.size() - 1);
    }

    private String any(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String add(LayerSpec layer, String... read) {
        layers.add(layer);
        inputs.put(layer.name(), List.of(read));
        shapes.put(
                layer.name(),
                layer.output(List.of(read).stream().map(shapes::get).toList()));
        unread.removeAll(List.of(read));
        unread.add(layer.name());
        return layer.name();
    }

    private LayerSpec over(Shape shape) {
        int kind = random.nextInt(6);
        if (kind == 0) {
            return new BatchNormalization(name(), 0.9, 1e-3);
        }
        if (kind == 1) {
            return new ActivationLayer(name(), activation());
        }
        if (shape instanceof Shape.Image image) {
            boolean pools = kind == 2 && image.height() > 1 && image.width() > 1;
            return pools
                    ? new Pooling2d(name(), Pooling.AVERAGE, 2, 2, 1, 1, Padding.SAME)
                    : new Conv2d(
                            name(),
                            List.of(8, 16).get(random.nextInt(2)),
                            1 + random.nextInt(3),
                            1 + random.nextInt(3),
                            1,
                            1,
                            Padding.SAME,
                            activation(),
                            Weights.DEFAULT);
        }
        return new Dense(name(), 1 + random.nextInt(4) * 5, activation(), Weights.DEFAULT);
    }

    private LayerSpec last(Loss loss) {
        return switch (loss) {
            case CATEGORICAL_CROSSENTROPY -> new Dense(name(), 4, Activation.Simple.SOFTMAX, Weights.DEFAULT);
            case BINARY_CROSSENTROPY -> new Dense(name(), 2, Activation.Simple.SIGMOID, Weights.DEFAULT);
            default -> new Dense(name(), 3, activation(), Weights.DEFAULT);
        };
    }

    private Activation activation() {
        List<Activation> smooth = List.of(Activation.Simple.TANH, Activation.Simple.SIGMOID, Activation.Simple.LINEAR);
        return smooth.get(random.nextInt(smooth.size()));
    }

    private String name() {
        return "layer" + names++;
    }
}
