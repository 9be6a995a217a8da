package dev.starling.driver.selection.pool;

import dev.starling.driver.data.DataSpec;
import dev.starling.worker.data.Scale;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Wiring;
import dev.starling.worker.pseudolabels.PseudoLabelSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What is trained, whatever the rows: all of an experiment that may differ from unit to unit. The preparation is fitted inside the unit on its own training rows.
 *
 * @param declared the network's input where the experiment says it: none or one; a list since it travels
 * @param pseudoLabels how training rows without a label get one: none or one
 * @param training with the seed of this unit
 * @param data number of the data that it learns from, among those of its pool
 */
public record Recipe(
        List<LayerSpec> layers,
        Wiring wiring,
        Loss loss,
        LabelSmoothing smoothing,
        Heritage heritage,
        List<Shape> declared,
        Scale scale,
        Scale targetScale,
        List<PseudoLabelSpec> pseudoLabels,
        TrainingSpec training,
        int data)
        implements Serializable {
    public Recipe {
        layers = List.copyOf(layers);
        declared = List.copyOf(declared);
        pseudoLabels = List.copyOf(pseudoLabels);
    }

    /** Of a sequence, without pseudo-labels. */
    public Recipe(
            List<LayerSpec> layers,
            Loss loss,
            LabelSmoothing smoothing,
            Heritage heritage,
            List<Shape> declared,
            Scale scale,
            Scale targetScale,
            TrainingSpec training) {
        this(layers, Wiring.SEQUENCE, loss, smoothing, heritage, declared, scale, targetScale, List.of(), training, 0);
    }

    /** Scales as the data's description says; targets are not smoothed, and all layers learn from drawn values. */
    public static Recipe of(
            DataSpec data, List<LayerSpec> layers, Loss loss, Optional<Shape> declared, TrainingSpec training) {
        return of(data, layers, loss, LabelSmoothing.NONE, Heritage.NONE, declared, training);
    }

    /** Scales and pseudo-labels as the data's description says. */
    public static Recipe of(
            DataSpec data,
            List<LayerSpec> layers,
            Loss loss,
            LabelSmoothing smoothing,
            Heritage heritage,
            Optional<Shape> declared,
            TrainingSpec training) {
        return new Recipe(
                layers,
                Wiring.SEQUENCE,
                loss,
                smoothing,
                heritage,
                declared.stream().toList(),
                data.scale(),
                data.targetScale(),
                data.pseudoLabels().stream().toList(),
                training,
                0);
    }

    /** The same but for how it is trained. */
    public Recipe with(TrainingSpec other) {
        return new Recipe(
                layers, wiring, loss, smoothing, heritage, declared, scale, targetScale, pseudoLabels, other, data);
    }

    /** The same but for how its layers are joined. */
    public Recipe wired(Wiring other) {
        return new Recipe(
                layers, other, loss, smoothing, heritage, declared, scale, targetScale, pseudoLabels, training, data);
    }

    /** The same on other data of its pool. */
    public Recipe on(int number) {
        return new Recipe(
                layers,
                wiring,
                loss,
                smoothing,
                heritage,
                declared,
                scale,
                targetScale,
                pseudoLabels,
                training,
                number);
    }

    /** What is trained on examples of this shape. */
    public NetworkSpec network(Shape input) {
        return new NetworkSpec(input, layers, wiring, loss, smoothing, heritage);
    }

    public Optional<Shape> declaredInput() {
        return declared.stream().findFirst();
    }
}
