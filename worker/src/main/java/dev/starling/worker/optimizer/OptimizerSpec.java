package dev.starling.worker.optimizer;

import java.util.List;

/** An optimiser and its settings, as the experiment file says; defaults are Keras's and stand in the parser. */
public sealed interface OptimizerSpec extends java.io.Serializable {
    Schedule learningRate();

    /** Decoupled weight decay as Keras's: before the step, w ← w − learningRate·weightDecay·w, weights only. 0 = none. */
    double weightDecay();

    /** Vectors of the parameters' length that the optimiser keeps between steps. */
    int stateVectors();

    /** How each of the state vectors remembers. */
    List<Memory> memories();

    /**
     * A state vector, which a step changes from s to decay·s + something of the gradient.
     *
     * @param decay in [0, 1]; 1 forgets nothing
     * @param notNegative whether it is a sum of squares
     */
    record Memory(double decay, boolean notNegative) {}

    /** v ← momentum·v − lr·g, then p ← p + v, or with nesterov p ← p + momentum·v − lr·g (Keras). Without momentum p ← p − lr·g, no state. */
    record Sgd(Schedule learningRate, double momentum, boolean nesterov, double weightDecay) implements OptimizerSpec {
        @Override
        public int stateVectors() {
            return momentum == 0 ? 0 : 1;
        }

        @Override
        public List<Memory> memories() {
            return momentum == 0 ? List.of() : List.of(new Memory(momentum, false));
        }
    }

    /** a ← a + g²; p ← p − lr·g ÷ √(a + epsilon) (Keras 3); the accumulator starts at initialAccumulator. */
    record Adagrad(Schedule learningRate, double initialAccumulator, double epsilon, double weightDecay)
            implements OptimizerSpec {
        @Override
        public int stateVectors() {
            return 1;
        }

        @Override
        public List<Memory> memories() {
            return List.of(new Memory(1, true));
        }
    }

    /** v ← rho·v + (1 − rho)·g²; with momentum m ← momentum·m + lr·g ÷ √(v + epsilon), p ← p − m, else p ← p − lr·g ÷ √(v + epsilon) (Keras 3). */
    record RmsProp(Schedule learningRate, double rho, double momentum, double epsilon, double weightDecay)
            implements OptimizerSpec {
        @Override
        public int stateVectors() {
            return momentum == 0 ? 1 : 2;
        }

        @Override
        public List<Memory> memories() {
            return momentum == 0
                    ? List.of(new Memory(rho, true))
                    : List.of(new Memory(rho, true), new Memory(momentum, false));
        }
    }

    /** Kingma and Ba, arXiv 1412.6980, in Keras's form: p ← p − lr·√(1 − β₂ᵗ) ÷ (1 − β₁ᵗ) · m ÷ (√v + epsilon); t counts a replica's steps from 1. */
    record Adam(Schedule learningRate, double beta1, double beta2, double epsilon, double weightDecay)
            implements OptimizerSpec {
        @Override
        public int stateVectors() {
            return 2;
        }

        @Override
        public List<Memory> memories() {
            return List.of(new Memory(beta1, false), new Memory(beta2, true));
        }
    }

    /**
     * Reddi et al., arXiv 1904.09237: Adam with the maximum of all v so far, v̂ ← max(v̂, v), in place of v.
     *
     * @param biasCorrection true as Keras; false as the paper (p ← p − lr·m ÷ (√v̂ + epsilon))
     */
    record AmsGrad(
            Schedule learningRate,
            double beta1,
            double beta2,
            double epsilon,
            boolean biasCorrection,
            double weightDecay)
            implements OptimizerSpec {
        @Override
        public int stateVectors() {
            return 3;
        }

        @Override
        public List<Memory> memories() {
            return List.of(new Memory(beta1, false), new Memory(beta2, true), new Memory(1, true));
        }
    }
}
