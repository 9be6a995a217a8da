package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;

/** The keys of layers that act in training alone. */
final class NoiseChoices {
    private NoiseChoices() {}

    static LayerDraft dropout(Section s) {
        double rate = s.number("rate", Range.RATE);
        return LayerDraft.of(s, "dropout", name -> new Dropout(name, rate));
    }

    static LayerDraft gaussianNoise(Section s) {
        double stddev = s.number("stddev", Range.NOT_NEGATIVE);
        return LayerDraft.of(s, "gaussian_noise", name -> new GaussianNoise(name, stddev));
    }

    static LayerDraft gaussianDropout(Section s) {
        double rate = s.number("rate", Range.RATE);
        return LayerDraft.of(s, "gaussian_dropout", name -> new GaussianDropout(name, rate));
    }
}
