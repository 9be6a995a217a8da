package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.Initializer.Distribution;
import dev.starling.worker.network.Initializer.Fan;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Weights;

/** The keys of layers that have weights; names and defaults are Keras's. */
final class WeightChoices {
    private static final double SPREAD = 0.05;

    private static final Choices<Fan> FANS =
            Choices.<Fan>none().word("fanIn", Fan.IN).word("fanOut", Fan.OUT).word("fanAvg", Fan.AVERAGE);
    private static final Choices<Distribution> DISTRIBUTIONS = Choices.<Distribution>none()
            .word("truncatedNormal", Distribution.TRUNCATED_NORMAL)
            .word("uniform", Distribution.UNIFORM);

    static final Choices<Initializer> INITIALIZERS = Choices.<Initializer>none()
            .word("zeros", Initializer.ZEROS)
            .word("ones", Initializer.ONES)
            .word("glorotUniform", Initializer.GLOROT_UNIFORM)
            .word("glorotNormal", Initializer.GLOROT_NORMAL)
            .word("heNormal", Initializer.HE_NORMAL)
            .word("heUniform", Initializer.HE_UNIFORM)
            .word("lecunNormal", Initializer.LECUN_NORMAL)
            .word("lecunUniform", Initializer.LECUN_UNIFORM)
            .section("constant", "value", s -> new Initializer.Constant(s.number("value", 0, Range.ANY)))
            .section("randomNormal", s -> new Initializer.RandomNormal(mean(s), stddev(s)))
            .section("truncatedNormal", s -> new Initializer.TruncatedNormal(mean(s), stddev(s)))
            .section("randomUniform", WeightChoices::uniform)
            .section("varianceScaling", WeightChoices::varianceScaling);

    private WeightChoices() {}

    static Weights read(Section layer) {
        Initializer kernel = layer.choice("kernelInitializer", "glorotUniform", INITIALIZERS);
        Initializer bias = layer.choice("biasInitializer", "zeros", INITIALIZERS);
        Section penalty = layer.section("kernelRegularizer");
        double l1 = penalty.number("l1", 0, Range.NOT_NEGATIVE);
        double l2 = penalty.number("l2", 0, Range.NOT_NEGATIVE);
        return new Weights(
                kernel,
                bias,
                new Penalty(l1, l2),
                layer.flag("useBias", true),
                activity(layer.section("activityRegularizer")));
    }

    private static ActivityPenalty activity(Section s) {
        double l1 = s.number("l1", 0, Range.NOT_NEGATIVE);
        double l2 = s.number("l2", 0, Range.NOT_NEGATIVE);
        Section kl = s.section("kl");
        double weight = kl.number("weight", 0, Range.NOT_NEGATIVE);
        double target = kl.number("target", ActivityPenalty.NONE.klTarget(), Range.FRACTION);
        return new ActivityPenalty(l1, l2, weight, target, s.number("contractive", 0, Range.NOT_NEGATIVE));
    }

    private static double mean(Section s) {
        return s.number("mean", 0, Range.ANY);
    }

    private static double stddev(Section s) {
        return s.number("stddev", SPREAD, Range.NOT_NEGATIVE);
    }

    private static Initializer uniform(Section s) {
        double minimum = s.number("minimum", -SPREAD, Range.ANY);
        double maximum = s.number("maximum", SPREAD, Range.ANY);
        if (minimum > maximum) {
            s.refuse("maximum", String.valueOf(maximum), "at least the minimum, " + minimum);
        }
        return new Initializer.RandomUniform(minimum, maximum);
    }

    private static Initializer varianceScaling(Section s) {
        double scale = s.number("scale", 1, Range.POSITIVE);
        Fan fan = s.choice("mode", "fanIn", FANS);
        return new Initializer.VarianceScaling(scale, fan, s.choice("distribution", "truncatedNormal", DISTRIBUTIONS));
    }
}
