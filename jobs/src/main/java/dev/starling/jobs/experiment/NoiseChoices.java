package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.Dropout;

/** The keys of layers that act in training alone. */
final class NoiseChoices {
    private NoiseChoices() {}

    static LayerDraft dropout(Section s) {
        double rate = s.number("rate", Range.RATE);
        return LayerDraft.of(s, "dropout", name -> new Dropout(name, rate));
    }
}
