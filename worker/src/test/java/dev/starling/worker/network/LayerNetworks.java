package dev.starling.worker.network;

import dev.starling.worker.network.Activation.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small networks, each with one kind of layer of noise, learned slopes, doubled channels or places in it. */
public final class LayerNetworks {
    private static final Shape FLAT = new Shape.Flat(6);
    private static final Shape SERIES = new Shape.Sequence(7, 2);
    private static final Shape IMAGE = new Shape.Image(5, 4, 3);
    private static final Initializer SLOPES = new Initializer.Constant(0.25);

    private LayerNetworks() {}

    public static Map<String, NetworkSpec> all() {
        Map<String, NetworkSpec> all = new TreeMap<>();
        all.put("noise first", flat(new GaussianNoise("first", 0.3), Networks.dense(5, Simple.TANH)));
        all.put("noise inside", flat(Networks.dense(5, Simple.TANH), new GaussianNoise("inside", 0.3)));
        all.put("noise on images", over(IMAGE, new GaussianNoise("noise", 0.2)));
        all.put("gaussian dropout", flat(Networks.dense(5, Simple.TANH), new GaussianDropout("g", 0.4)));
        all.put("two noises first", flat(new GaussianNoise("a", 0.3), new GaussianDropout("b", 0.2)));
        all.put("prelu of units", flat(Networks.dense(5, Simple.LINEAR), new Prelu("p", SLOPES, List.of())));
        all.put("prelu of pixels", over(IMAGE, new Prelu("p", SLOPES, List.of())));
        all.put("prelu of a series' channels", over(SERIES, new Prelu("p", SLOPES, List.of(1))));
        all.put("prelu of an image's channels", over(IMAGE, new Prelu("p", SLOPES, List.of(1, 2))));
        all.put("prelu of positions", over(SERIES, new Prelu("p", SLOPES, List.of())));
        all.put("crelu of units", flat(Networks.dense(5, Simple.CRELU), Networks.dense(4, Simple.TANH)));
        all.put("crelu first", flat(new ActivationLayer("c", Simple.CRELU), Networks.dense(4, Simple.TANH)));
        all.put("crelu of channels", over(IMAGE, new ActivationLayer("c", Simple.CRELU)));
        all.put("crelu of a convolution", over(IMAGE, convolution("c", IMAGE, Simple.CRELU)));
        all.put("crelu of a series", over(SERIES, convolution("c", SERIES, Simple.CRELU)));
        all.put("noise behind a fork", forked());
        all.put("up-sampling of a series", over(SERIES, new UpSampling1d("u", 3)));
        all.put("padding", over(IMAGE, new ZeroPadding2d("z", 1, 2, 3, 0)));
        all.put("padding of a series", over(SERIES, new ZeroPadding1d("z", 2, 1)));
        all.put("global maximum", pooled(IMAGE, new GlobalPooling("g", Pooling.MAX, 2)));
        all.put("global mean", pooled(IMAGE, new GlobalPooling("g", Pooling.AVERAGE, 2)));
        all.put("global maximum of a series", pooled(SERIES, new GlobalPooling("g", Pooling.MAX, 1)));
        all.put("global mean of a series", pooled(SERIES, new GlobalPooling("g", Pooling.AVERAGE, 1)));
        // Of momentum 1, so that running statistics stay what the stored model has.
        all.put(
                "normalisation without beta",
                flat(Networks.dense(5, Simple.TANH), new BatchNormalization("n", 1, 1e-3, false, true)));
        all.put("normalisation without gamma", over(IMAGE, new BatchNormalization("n", 1, 1e-3, true, false)));
        all.put("normalisation alone", over(SERIES, new BatchNormalization("n", 1, 1e-3, false, false)));
        return all;
    }

    private static NetworkSpec flat(LayerSpec... layers) {
        List<LayerSpec> all = new ArrayList<>(List.of(layers));
        all.add(new Dense("last", 3, Simple.LINEAR, Weights.DEFAULT));
        return new NetworkSpec(FLAT, all, Loss.MEAN_SQUARED_ERROR);
    }

    /** Between two convolutions, so that values come and go in oneDNN's order. */
    private static NetworkSpec over(Shape input, LayerSpec layer) {
        List<LayerSpec> all = new ArrayList<>();
        all.add(convolution("before", input, Simple.TANH));
        all.add(layer);
        all.add(convolution("behind", input, Simple.TANH));
        all.add(new Flatten("flat"));
        all.add(new Dense("last", 3, Simple.LINEAR, Weights.DEFAULT));
        return new NetworkSpec(input, all, Loss.MEAN_SQUARED_ERROR);
    }

    /** Several layers read one that learns, each branch draws numbers of its own, and so does what comes behind them. */
    private static NetworkSpec forked() {
        List<LayerSpec> layers = List.of(
                new Dense("stem", 5, Simple.TANH, Weights.DEFAULT),
                new GaussianNoise("a", 0.5),
                new Dense("b", 5, new Activation.RandomizedRelu(0.1, 0.9), Weights.DEFAULT),
                new Add("sum"),
                new GaussianDropout("c", 0.4),
                new Dense("last", 3, Simple.LINEAR, Weights.DEFAULT));
        Wiring wiring =
                Wiring.of(Map.of("a", List.of("stem"), "b", List.of("stem"), "sum", List.of("a", "b")), List.of());
        return new NetworkSpec(FLAT, layers, wiring, Loss.MEAN_SQUARED_ERROR);
    }

    private static NetworkSpec pooled(Shape input, LayerSpec pooling) {
        return new NetworkSpec(
                input,
                List.of(
                        convolution("before", input, Simple.TANH),
                        pooling,
                        new Dense("last", 3, Simple.LINEAR, Weights.DEFAULT)),
                Loss.MEAN_SQUARED_ERROR);
    }

    private static LayerSpec convolution(String name, Shape input, Activation activation) {
        return input instanceof Shape.Sequence
                ? new Conv1d(name, 16, 3, 1, Padding.SAME, activation, Weights.DEFAULT)
                : Networks.conv(name, 16, 3, 1, Padding.SAME, activation);
    }
}
