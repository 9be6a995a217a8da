package dev.starling.jobs.experiment;

import dev.starling.jobs.experiment.tree.Choices;
import dev.starling.jobs.experiment.tree.Range;
import dev.starling.jobs.experiment.tree.Section;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;

/** The optimisers and their settings; names and defaults are Keras 3's. */
final class OptimizerChoices {
    static final Choices<OptimizerSpec> ALL = Choices.<OptimizerSpec>none()
            .section("sgd", OptimizerChoices::sgd)
            .section("adagrad", OptimizerChoices::adagrad)
            .section("rmsprop", OptimizerChoices::rmsProp)
            .section("adam", OptimizerChoices::adam)
            .section("amsgrad", OptimizerChoices::amsGrad);

    private OptimizerChoices() {}

    private static OptimizerSpec sgd(Section s) {
        Schedule rate = ScheduleChoices.read(s, "0.01");
        double momentum = s.number("momentum", 0, Range.RATE);
        boolean nesterov = s.flag("nesterov", false);
        double decay = s.number("decay", 0, Range.NOT_NEGATIVE);
        double weightDecay = weightDecay(s);
        return new OptimizerSpec.Sgd(decayed(s, rate, decay), momentum, nesterov, weightDecay);
    }

    /** Keras 2's decay: learningRate ÷ (1 + decay · batches). */
    private static Schedule decayed(Section s, Schedule rate, double decay) {
        if (decay == 0) {
            return rate;
        }
        if (rate instanceof Schedule.Constant constant) {
            return new Schedule.InverseTimeDecay(constant.learningRate(), 1, decay, false);
        }
        s.refuse("decay", decay + " beside a schedule", "a schedule as learningRate, or decay, not both");
        return rate;
    }

    private static OptimizerSpec adagrad(Section s) {
        Schedule rate = ScheduleChoices.read(s, "0.001");
        double start = s.number("initialAccumulatorValue", 0.1, Range.NOT_NEGATIVE);
        return new OptimizerSpec.Adagrad(rate, start, epsilon(s), weightDecay(s));
    }

    private static OptimizerSpec rmsProp(Section s) {
        Schedule rate = ScheduleChoices.read(s, "0.001");
        double rho = s.number("rho", 0.9, Range.RATE);
        double momentum = s.number("momentum", 0, Range.RATE);
        return new OptimizerSpec.RmsProp(rate, rho, momentum, epsilon(s), weightDecay(s));
    }

    private static OptimizerSpec adam(Section s) {
        Schedule rate = ScheduleChoices.read(s, "0.001");
        return new OptimizerSpec.Adam(rate, beta1(s), beta2(s), epsilon(s), weightDecay(s));
    }

    private static OptimizerSpec amsGrad(Section s) {
        Schedule rate = ScheduleChoices.read(s, "0.001");
        boolean biasCorrection = s.flag("biasCorrection", true);
        return new OptimizerSpec.AmsGrad(rate, beta1(s), beta2(s), epsilon(s), biasCorrection, weightDecay(s));
    }

    private static double beta1(Section s) {
        return s.number("beta1", 0.9, Range.RATE);
    }

    private static double beta2(Section s) {
        return s.number("beta2", 0.999, Range.RATE);
    }

    private static double epsilon(Section s) {
        return s.number("epsilon", 1e-7, Range.POSITIVE);
    }

    private static double weightDecay(Section s) {
        return s.number("weightDecay", 0, Range.NOT_NEGATIVE);
    }
}
