package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Weights;

/** The keys of layers with a kernel. */
final class WeightedChoices {
    static final Choices<Padding> PADDINGS =
            Choices.<Padding>none().word("valid", Padding.VALID).word("same", Padding.SAME);

    private WeightedChoices() {}

    static LayerDraft dense(Section s) {
        int units = s.integer("units", Range.COUNT);
        Activation activation = ActivationChoices.read(s);
        Weights weights = WeightChoices.read(s);
        return LayerDraft.of(s, "dense", name -> new Dense(name, units, activation, weights));
    }

    static LayerDraft conv1d(Section s) {
        int filters = s.integer("filters", Range.COUNT);
        int kernel = s.integer("kernelSize", Range.COUNT);
        int stride = s.integer("strides", 1, Range.COUNT);
        Padding padding = s.choice("padding", "valid", PADDINGS);
        Activation activation = ActivationChoices.read(s);
        Weights weights = WeightChoices.read(s);
        return LayerDraft.of(
                s, "conv1d", name -> new Conv1d(name, filters, kernel, stride, padding, activation, weights));
    }

    static LayerDraft conv2d(Section s) {
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
                name -> new Conv2d(
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
}
