package dev.starling.worker.averaging;

/** What an outer optimiser does with a run of values, in loops that C2 vectorises. */
sealed interface OuterRule permits SlowMoRule, DiLoCoRule {
    /** @param learningRate γ, the optimiser's own in the round, ≥ 0 */
    void begin(double learningRate);

    /**
     * Moves on from the mean.
     *
     * @param x the mean x̄ on entry, where the gang goes on from on return
     * @param anchor where the round began; moved along to x
     * @param momentum changed
     * @param n values in each
     */
    void step(float[] x, float[] anchor, float[] momentum, int n);
}
