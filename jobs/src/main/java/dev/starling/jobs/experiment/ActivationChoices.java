package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;

/** The activations and their settings; {@code leakyRelu}'s slope is that of Keras 3's function of this name. */
final class ActivationChoices {
    static final Choices<Activation> ALL = simple().section(
                    "leakyRelu", "alpha", s -> new Activation.LeakyRelu(s.number("alpha", 0.2, Range.RATE)))
            .section("elu", "alpha", s -> new Activation.Elu(s.number("alpha", 1, Range.POSITIVE)));

    private ActivationChoices() {}

    private static Choices<Activation> simple() {
        Choices<Activation> words = Choices.none();
        for (Activation.Simple activation : Activation.Simple.values()) {
            words = words.word(activation.label(), activation);
        }
        return words;
    }

    /** A layer's {@code activation}. */
    static Activation read(Section layer) {
        return layer.choice("activation", "linear", ALL);
    }

    /** The keys of a layer that is an activation function alone. */
    static LayerDraft layer(Section s) {
        Activation function = s.choice("function", ALL).orElse(Activation.Simple.LINEAR);
        return LayerDraft.of(s, "activation", name -> new ActivationLayer(name, function));
    }
}
