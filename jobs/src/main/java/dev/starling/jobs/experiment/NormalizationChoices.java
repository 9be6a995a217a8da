package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.BatchNormalization;

/** The keys of layers that normalise. */
final class NormalizationChoices {
    private NormalizationChoices() {}

    static LayerDraft batchNormalization(Section s) {
        double momentum = s.number("momentum", 0.99, Range.RATE);
        double epsilon = s.number("epsilon", 1e-3, Range.POSITIVE);
        boolean center = s.flag("center", true);
        boolean scale = s.flag("scale", true);
        return LayerDraft.of(
                s, "batch_normalization", name -> new BatchNormalization(name, momentum, epsilon, center, scale));
    }
}
