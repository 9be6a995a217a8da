package dev.starling.tests.search;

import dev.starling.driver.selection.search.Assignment;
import dev.starling.driver.selection.search.Budget;
import dev.starling.driver.selection.search.Measurement;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepPlanner.Answer;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Trials whose losses are made up as those of trainings: they fall by epochs to a floor, the better the learning rate the faster, and a rate that is too large never gets low. What helps later
 * (the penalty) hardly shows at first.
 */
final class Curves {
    static final int EPOCHS = 27;
    private static final Space SPACE = new Space(List.of(
            new Parameter("rate", new Dimension.LogUniform(1e-4, 1)),
            new Parameter("penalty", new Dimension.LogUniform(1e-6, 1e-1)),
            new Parameter("dropout", new Dimension.Uniform(0, 0.8, OptionalDouble.empty()))));

    private Curves() {}

    /**
     * What a sweep on one slot came to.
     *
     * @param best loss of a trial
     * @param epochs after which {@code wanted} was reached; infinite if it was not
     */
    record Outcome(double best, double epochs) {}

    /** @param maxEpochs of all trials together */
    static Outcome run(Search search, EarlyTermination early, long seed, long maxEpochs, double wanted) {
        Objective loss = new Objective(false, Objective.Measured.VALIDATION, "loss");
        Budget budget = new Budget(OptionalInt.empty(), Optional.empty(), OptionalLong.of(maxEpochs), 0);
        SweepSpec spec = new SweepSpec(SPACE, search, loss, early, budget, 1, List.of());
        SweepPlanner planner = new SweepPlanner(spec, seed, 1, EPOCHS, List.of(), InstantSource.system(), event -> {});
        long epochs = 0;
        double reached = Double.POSITIVE_INFINITY;
        double best = Double.POSITIVE_INFINITY;
        while (planner.next() instanceof Answer.Run run) {
            Measurement measurement = measure(run.assignment());
            epochs += measurement.values().length;
            for (double value : measurement.values()) {
                best = Math.min(best, value);
            }
            if (best <= wanted && Double.isInfinite(reached)) {
                reached = epochs;
            }
            planner.measured(run.assignment(), measurement);
        }
        return new Outcome(best, reached);
    }

    private static Measurement measure(Assignment a) {
        double rate = Math.log10(at(a, "rate"));
        double penalty = Math.log10(at(a, "penalty"));
        double dropout = at(a, "dropout");
        double floor = 0.1 + 0.08 * square(rate + 1.8) + 0.02 * square(penalty + 3.5) + 0.5 * square(dropout - 0.3);
        double pace = 1.5 + 3 * Math.abs(rate + 1.8);
        SplittableRandom noise = new SplittableRandom(a.point().hashCode());
        double[] values = new double[a.to() - a.from()];
        for (int e = 0; e < a.to(); e++) {
            double value = floor + Math.exp(-(e + 1) / pace) + 0.01 * noise.nextGaussian();
            if (e >= a.from()) {
                values[e - a.from()] = value;
            }
        }
        return new Measurement(values, 1);
    }

    private static double at(Assignment a, String path) {
        return ((Setting.Real) a.point().settings().get(path)).value();
    }

    private static double square(double x) {
        return x * x;
    }
}
