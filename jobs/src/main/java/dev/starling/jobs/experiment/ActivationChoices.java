package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.Prelu;
import java.util.ArrayList;
import java.util.List;

/** The activations and their settings; {@code leakyRelu}'s slope is that of Keras 3's function of this name. */
final class ActivationChoices {
    static final Choices<Activation> ALL = simple().section(
                    "leakyRelu", "alpha", s -> new Activation.LeakyRelu(s.number("alpha", 0.2, Range.RATE)))
            .section("elu", "alpha", s -> new Activation.Elu(s.number("alpha", 1, Range.POSITIVE)))
            .section("rrelu", ActivationChoices::randomized);

    private ActivationChoices() {}

    private static Activation randomized(Section s) {
        double lower = s.number("lower", 1 / 8.0, Range.RATE);
        double upper = s.number("upper", 1 / 3.0, Range.RATE);
        if (upper < lower) {
            s.refuse("upper", String.valueOf(upper), "at least lower, which is " + lower);
        }
        return new Activation.RandomizedRelu(lower, upper);
    }

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

    static LayerDraft prelu(Section s) {
        Initializer slope = s.choice("alphaInitializer", "zeros", WeightChoices.INITIALIZERS);
        List<Integer> shared = new ArrayList<>();
        s.find("sharedAxes", "[]")
                .items("a list of axes, from 1")
                .orElse(List.of())
                .forEach(axis -> axis.integer(Range.from(1, 2)).ifPresent(shared::add));
        return LayerDraft.of(s, "prelu", name -> new Prelu(name, slope, shared));
    }
}
