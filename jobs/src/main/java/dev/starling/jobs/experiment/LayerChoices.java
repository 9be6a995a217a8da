package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.jobs.experiment.tree.Value;
import dev.starling.worker.network.Add;
import dev.starling.worker.network.Concatenate;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.Pooling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The kinds of layers and their keys. An entry of {@code layers} gives one layer, or with {@code repeat} several. */
final class LayerChoices {
    static final Choices<List<LayerDraft>> KINDS = Choices.<List<LayerDraft>>none()
            .section("dense", "units", s -> List.of(WeightedChoices.dense(s)))
            .section("conv1d", "filters", s -> List.of(WeightedChoices.conv1d(s)))
            .section("conv2d", "filters", s -> List.of(WeightedChoices.conv2d(s)))
            .section(
                    "maxPooling1d", "poolSize", s -> List.of(PoolingChoices.pooling1d(s, "max_pooling1d", Pooling.MAX)))
            .section(
                    "maxPooling2d", "poolSize", s -> List.of(PoolingChoices.pooling2d(s, "max_pooling2d", Pooling.MAX)))
            .section(
                    "averagePooling1d",
                    "poolSize",
                    s -> List.of(PoolingChoices.pooling1d(s, "average_pooling1d", Pooling.AVERAGE)))
            .section(
                    "averagePooling2d",
                    "poolSize",
                    s -> List.of(PoolingChoices.pooling2d(s, "average_pooling2d", Pooling.AVERAGE)))
            .section("flatten", "name", s -> List.of(LayerDraft.of(s, "flatten", Flatten::new)))
            .section("reshape", "targetShape", s -> List.of(ShapeChoices.reshape(s)))
            .section("upSampling2d", "size", s -> List.of(ShapeChoices.upSampling2d(s)))
            .section("activation", "function", s -> List.of(ActivationChoices.layer(s)))
            .section("batchNormalization", "momentum", s -> List.of(NormalizationChoices.batchNormalization(s)))
            .section("dropout", "rate", s -> List.of(NoiseChoices.dropout(s)))
            .section("gaussianNoise", "stddev", s -> List.of(NoiseChoices.gaussianNoise(s)))
            .section("gaussianDropout", "rate", s -> List.of(NoiseChoices.gaussianDropout(s)))
            .section("prelu", "alphaInitializer", s -> List.of(ActivationChoices.prelu(s)))
            .section("upSampling1d", "size", s -> List.of(PlaceChoices.upSampling1d(s)))
            .section("zeroPadding1d", "padding", s -> List.of(PlaceChoices.zeroPadding1d(s)))
            .section("zeroPadding2d", "padding", s -> List.of(PlaceChoices.zeroPadding2d(s)))
            .section("globalMaxPooling1d", "name", s -> List.of(PlaceChoices.globalPooling(s, Pooling.MAX, 1)))
            .section("globalMaxPooling2d", "name", s -> List.of(PlaceChoices.globalPooling(s, Pooling.MAX, 2)))
            .section("globalAveragePooling1d", "name", s -> List.of(PlaceChoices.globalPooling(s, Pooling.AVERAGE, 1)))
            .section("globalAveragePooling2d", "name", s -> List.of(PlaceChoices.globalPooling(s, Pooling.AVERAGE, 2)))
            .section("add", "inputs", s -> List.of(LayerDraft.joining(s, "add", Add::new)))
            .section("concatenate", "inputs", s -> List.of(LayerDraft.joining(s, "concatenate", Concatenate::new)))
            .section("repeat", LayerChoices::repeat);

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
}
