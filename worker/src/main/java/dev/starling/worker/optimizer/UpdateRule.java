package dev.starling.worker.optimizer;

/**
 * An optimiser's formula as a loop over values that lie in small arrays on the heap, where C2 turns it into vector instructions (it does not for
 * buffers, nor for loops with conditions). Not thread-safe between {@link #begin} and the last {@link #update} of a step.
 */
interface UpdateRule {
    /** What a state vector holds before the first step. */
    default float initialState() {
        return 0;
    }

    /** Works out what is the same for all values of a step; {@code step} counts a replica's own from 1. */
    void begin(long step, double learningRate);

    /**
     * @param p parameters, changed
     * @param g gradient
     * @param state the rule's state vectors, changed
     * @param n values in each
     */
    void update(float[] p, float[] g, float[][] state, int n);

    static UpdateRule of(OptimizerSpec spec) {
        if (spec instanceof OptimizerSpec.Sgd sgd) {
            return sgd.momentum() == 0 ? new GradientDescent() : new Momentum(sgd.momentum(), sgd.nesterov());
        }
        if (spec instanceof OptimizerSpec.Adagrad adagrad) {
            return new Adagrad(adagrad.initialAccumulator(), adagrad.epsilon());
        }
        if (spec instanceof OptimizerSpec.RmsProp rmsProp) {
            return new RmsProp(rmsProp.rho(), rmsProp.momentum(), rmsProp.epsilon());
        }
        if (spec instanceof OptimizerSpec.Adam adam) {
            return new Adam(adam.beta1(), adam.beta2(), adam.epsilon());
        }
        OptimizerSpec.AmsGrad amsGrad = (OptimizerSpec.AmsGrad) spec;
        return new AmsGrad(amsGrad.beta1(), amsGrad.beta2(), amsGrad.epsilon(), amsGrad.biasCorrection());
    }
}
