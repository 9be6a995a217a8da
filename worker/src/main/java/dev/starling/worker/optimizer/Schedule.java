package dev.starling.worker.optimizer;

import java.util.List;

/**
 * The learning rate as a function of progress: the number of batches that the whole gang has trained (a ragged one counts as one),
 * so that it is the same for one replica and for many. Formulas are Keras's.
 */
public sealed interface Schedule extends java.io.Serializable {
    /** @param batches trained by the whole gang before this step, ≥ 0 */
    double at(long batches);

    record Constant(double learningRate) implements Schedule {
        @Override
        public double at(long batches) {
            return learningRate;
        }
    }

    /** initial · rate^(batches ÷ steps); whole numbers of steps only if staircase. */
    record ExponentialDecay(double initial, double decaySteps, double decayRate, boolean staircase)
            implements Schedule {
        @Override
        public double at(long batches) {
            double progress = batches / decaySteps;
            return initial * Math.pow(decayRate, staircase ? Math.floor(progress) : progress);
        }
    }

    /** initial ÷ (1 + rate · batches ÷ steps). SGD's {@code decay: d} is this with one step and rate d. */
    record InverseTimeDecay(double initial, double decaySteps, double decayRate, boolean staircase)
            implements Schedule {
        @Override
        public double at(long batches) {
            double progress = batches / decaySteps;
            return initial / (1 + decayRate * (staircase ? Math.floor(progress) : progress));
        }
    }

    /** values[i] while batches ≤ boundaries[i], the last value after; one more value than boundaries. */
    record PiecewiseConstant(List<Long> boundaries, List<Double> values) implements Schedule {
        public PiecewiseConstant {
            boundaries = List.copyOf(boundaries);
            values = List.copyOf(values);
        }

        @Override
        public double at(long batches) {
            int i = 0;
            while (i < boundaries.size() && batches > boundaries.get(i)) {
                i++;
            }
            return values.get(i);
        }
    }

    /** initial · ((1 − alpha)·(1 + cos(π·min(batches, steps) ÷ steps)) ÷ 2 + alpha). */
    record CosineDecay(double initial, double decaySteps, double alpha) implements Schedule {
        @Override
        public double at(long batches) {
            double progress = Math.min((double) batches, decaySteps) / decaySteps;
            return initial * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * progress)) + alpha);
        }
    }
}
