package dev.starling.worker.averaging;

import dev.starling.worker.optimizer.Flush;

/**
 * Wang et al. 2019, arXiv 1910.00643, algorithm 1: u ← β·u + (x₀ − x̄) ÷ γ; x ← x₀ − α·γ·u. x₀ is where the round began, x̄ the mean at its end, γ the rate of the
 * round's first step: dividing by it keeps u in the gradient's units when a schedule moves γ. Where γ is 0 nothing was learned, and u only decays.
 *
 * <p>Computed as x̄ + (1 − α)·(x₀ − x̄) − α·β·γ·u, u before its change, which is the same and with α = 1 and β = 0 the mean to the bit.
 */
final class SlowMoRule implements OuterRule {
    private final double alpha;
    private final double beta;
    private float inverse;
    private float pull;

    SlowMoRule(double learningRate, double momentum) {
        this.alpha = learningRate;
        this.beta = momentum;
    }

    @Override
    public void begin(double learningRate) {
        inverse = learningRate == 0 ? 0 : (float) (1 / learningRate);
        pull = (float) (alpha * beta * learningRate);
    }

    @Override
    public void step(float[] x, float[] anchor, float[] momentum, int n) {
        step(x, anchor, momentum, n, (float) (1 - alpha), (float) beta, inverse, pull);
    }

    private static void step(
            float[] x, float[] anchor, float[] u, int n, float rest, float beta, float inverse, float pull) {
        for (int i = 0; i < n; i++) {
            float way = anchor[i] - x[i];
            float next = x[i] + (rest * way - pull * u[i]);
            u[i] = Flush.tiny(beta * u[i] + way * inverse);
            x[i] = next;
            anchor[i] = next;
        }
    }
}
