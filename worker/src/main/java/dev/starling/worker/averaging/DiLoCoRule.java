package dev.starling.worker.averaging;

import dev.starling.worker.optimizer.Flush;

/**
 * Douillard et al. 2023, arXiv 2311.08105, algorithm 1, with the outer optimiser that they found best, Nesterov's momentum as PyTorch's SGD has it: Δ = x₀ − x̄;
 * b ← μ·b + Δ; x ← x₀ − η·(Δ + μ·b). x₀ is where the round began, x̄ the mean at its end.
 *
 * <p>Computed as x̄ + (1 − η)·Δ − η·μ·b, which is the same and with η = 1 and μ = 0 the mean to the bit.
 */
final class DiLoCoRule implements OuterRule {
    private final float momentum;
    private final float rest;
    private final float pull;

    DiLoCoRule(double learningRate, double momentum) {
        this.momentum = (float) momentum;
        this.rest = (float) (1 - learningRate);
        this.pull = (float) (learningRate * momentum);
    }

    @Override
    public void begin(double learningRate) {}

    @Override
    public void step(float[] x, float[] anchor, float[] b, int n) {
        step(x, anchor, b, n, momentum, rest, pull);
    }

    private static void step(float[] x, float[] anchor, float[] b, int n, float mu, float rest, float pull) {
        for (int i = 0; i < n; i++) {
            float way = anchor[i] - x[i];
            float velocity = Flush.tiny(mu * b[i] + way);
            float next = x[i] + (rest * way - pull * velocity);
            b[i] = velocity;
            x[i] = next;
            anchor[i] = next;
        }
    }
}
