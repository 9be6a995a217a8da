package dev.starling.worker.optimizer;

/** v ← μ·v − lr·g; then p ← p + v, or in Nesterov's form p ← p + μ·v − lr·g (Keras). */
final class Momentum implements UpdateRule {
    private final float momentum;
    private final boolean nesterov;
    private float learningRate;

    Momentum(double momentum, boolean nesterov) {
        this.momentum = (float) momentum;
        this.nesterov = nesterov;
    }

    @Override
    public void begin(long step, double learningRate) {
        this.learningRate = (float) learningRate;
    }

    @Override
    public void update(float[] p, float[] g, float[][] state, int n) {
        if (nesterov) {
            nesterov(p, g, state[0], n, momentum, learningRate);
        } else {
            classical(p, g, state[0], n, momentum, learningRate);
        }
    }

    private static void classical(float[] p, float[] g, float[] v, int n, float mu, float lr) {
        for (int i = 0; i < n; i++) {
            float velocity = Flush.tiny(mu * v[i] - lr * g[i]);
            v[i] = velocity;
            p[i] += velocity;
        }
    }

    private static void nesterov(float[] p, float[] g, float[] v, int n, float mu, float lr) {
        for (int i = 0; i < n; i++) {
            float step = lr * g[i];
            float velocity = Flush.tiny(mu * v[i] - step);
            v[i] = velocity;
            p[i] += mu * velocity - step;
        }
    }
}
