package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.LayerSpec.Pooling;
import dev.starling.worker.network.LayerSpec.Weights;
import dev.starling.worker.network.Padding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The kinds of layers and their keys. An entry of {@code layers} gives one layer, or with {@code repeat} several. */
final class LayerChoices {
    static final Choices<List<LayerDraft>> KINDS = Choices.<List<LayerDraft>>none()
            .section("dense", "units", s -> List.of(dense(s)))
            .section("conv1d", "filters", s -> List.of(conv1d(s)))
            .section("conv2d", "filters", s -> List.of(conv2d(s)))
            .section("maxPooling1d", "poolSize", s -> List.of(pooling1d(s, "max_pooling1d", Pooling.MAX)))
            .section("maxPooling2d", "poolSize", s -> List.of(pooling2d(s, "max_pooling2d", Pooling.MAX)))
            .section("averagePooling1d", "poolSize", s -> List.of(pooling1d(s, "average_pooling1d", Pooling.AVERAGE)))
            .section("averagePooling2d", "poolSize", s -> List.of(pooling2d(s, "average_pooling2d", Pooling.AVERAGE)))
            .section("flatten", "name", s -> List.of(LayerDraft.of(s, "flatten", LayerSpec.Flatten::new)))
            .section("activation", "function", s -> List.of(activation(s)))
            .section("batchNormalization", "momentum", s -> List.of(batchNormalization(s)))
            .section("dropout", "rate", s -> List.of(dropout(s)))
            .section("repeat", LayerChoices::repeat)
            .notYet("add", "concatenate");

    private static final Choices<Padding> PADDINGS =
            Choices.<Padding>none().word("valid", Padding.VALID).word("same", Padding.SAME);
    private static final Range TIMES = Range.from(1, 1000);

    private LayerChoices() {}

    /** The entries of a list of layers; at least one, or a problem. */
    static List<LayerDraft> list(Value layers) {
        Optional<List<Value>> entries = layers.items("a list of layers");
        if (entries.isPresent() && entries.get().isEmpty()) {
            layers.refuse("at least one layer");
        }
        List<LayerDraft> drafts = new ArrayList<>();
        for (Value entry : entries.orElse(List.of())) {
            drafts.addAll(KINDS.read(entry).orElse(List.of()));
        }
        return drafts;
    }

    private static List<LayerDraft> repeat(Section s) {
        s.notYet("inputs");
        int times = s.integer("times", TIMES);
        List<LayerDraft> once =
                s.require("layers", "a list of layers").map(LayerChoices::list).orElse(List.of());
        return Collections.nCopies(times, once).stream().flatMap(List::stream).toList();
    }

    private static LayerDraft dense(Section s) {
        int units = s.integer("units", Range.COUNT);
        Activation activation = ActivationChoices.read(s);
        Weights weights = WeightChoices.read(s);
        return LayerDraft.of(s, "dense", name -> new LayerSpec.Dense(name, units, activation, weights));
    }

    private static LayerDraft conv1d(Section s) {
        int filters = s.integer("filters", Range.COUNT);
        int kernel = s.integer("kernelSize", Range.COUNT);
        int stride = s.integer("strides", 1, Range.COUNT);
        Padding padding = s.choice("padding", "valid", PADDINGS);
        Activation activation = ActivationChoices.read(s);
        Weights weights = WeightChoices.read(s);
        return LayerDraft.of(
                s, "conv1d", name -> new LayerSpec.Conv1d(name, filters, kernel, stride, padding, activation, weights));
    }

    private static LayerDraft conv2d(Section s) {
        int filters = s.integer("filters", Range.COUNT);
        Extent kernel =
                s.require("kernelSize", Extent.EXPECTED).flatMap(Extent::read).orElse(Extent.ONE);
        Extent stride = Extent.read(s.find("strides", "1")).orElse(Extent.ONE);
        Padding padding = s.choice("padding", "valid", PADDINGS);
        Activation activation = ActivationChoices.read(s);
        Weights weights = WeightChoices.read(s);
        return LayerDraft.of(
                s,
                "conv2d",
                name -> new LayerSpec.Conv2d(
                        name,
                        filters,
                        kernel.height(),
                        kernel.width(),
                        stride.height(),
                        stride.width(),
                        padding,
                        activation,
                        weights));
    }

    private static LayerDraft pooling1d(Section s, String kind, Pooling pooling) {
        int size = s.integer("poolSize", 2, Range.COUNT);
        int stride = s.integer("strides", size, Range.COUNT);
        Padding padding = s.choice("padding", "valid", PADDINGS);
        return LayerDraft.of(s, kind, name -> new LayerSpec.Pooling1d(name, pooling, size, stride, padding));
    }

    private static LayerDraft pooling2d(Section s, String kind, Pooling pooling) {
        Extent size = Extent.read(s.find("poolSize", "2")).orElse(Extent.ONE);
        Extent stride = Extent.read(s.find("strides", size.toString())).orElse(size);
        Padding padding = s.choice("padding", "valid", PADDINGS);
        return LayerDraft.of(
                s,
                kind,
                name -> new LayerSpec.Pooling2d(
                        name, pooling, size.height(), size.width(), stride.height(), stride.width(), padding));
    }

    private static LayerDraft activation(Section s) {
        Activation function = s.choice("function", ActivationChoices.ALL).orElse(Activation.Simple.LINEAR);
        return LayerDraft.of(s, "activation", name -> new LayerSpec.ActivationLayer(name, function));
    }

    private static LayerDraft batchNormalization(Section s) {
        double momentum = s.number("momentum", 0.99, Range.RATE);
        double epsilon = s.number("epsilon", 1e-3, Range.POSITIVE);
        return LayerDraft.of(
                s, "batch_normalization", name -> new LayerSpec.BatchNormalization(name, momentum, epsilon));
    }

    private static LayerDraft dropout(Section s) {
        double rate = s.number("rate", Range.RATE);
        return LayerDraft.of(s, "dropout", name -> new LayerSpec.Dropout(name, rate));
    }
}
