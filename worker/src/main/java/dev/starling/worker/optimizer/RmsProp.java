package dev.starling.worker.optimizer;

/**
 * Tieleman and Hinton 2012, in Keras's form: v ← ρ·v + (1 − ρ)·g²; without momentum p ← p − lr·g ÷ √(v + ε), with momentum
 * m ← μ·m + lr·g ÷ √(v + ε) and p ← p − m. State: v, then m.
 */
final class RmsProp implements UpdateRule {
    private final float rho;
    private final float rest;
    private final float momentum;
    private final float epsilon;
    private float learningRate;

    RmsProp(double rho, double momentum, double epsilon) {
        this.rho = (float) rho;
        this.rest = (float) (1 - rho);
        this.momentum = (float) momentum;
        this.epsilon = (float) epsilon;
    }

    @Override
    public void begin(long step, double learningRate) {
        this.learningRate = (float) learningRate;
    }

    @Override
    public void update(float[] p, float[] g, float[][] state, int n) {
        if (momentum == 0) {
            plain(p, g, state[0], n);
        } else {
            accelerated(p, g, state[0], state[1], n);
        }
    }

    private void plain(float[] p, float[] g, float[] v, int n) {
        float keep = rho;
        float take = rest;
        float lr = learningRate;
        float eps = epsilon;
        for (int i = 0; i < n; i++) {
            float square = Flush.tiny(keep * v[i] + take * g[i] * g[i]);
            v[i] = square;
            p[i] -= lr * g[i] / (float) Math.sqrt(square + eps);
        }
    }

    private void accelerated(float[] p, float[] g, float[] v, float[] m, int n) {
        float keep = rho;
        float take = rest;
        float mu = momentum;
        float lr = learningRate;
        float eps = epsilon;
        for (int i = 0; i < n; i++) {
            float square = Flush.tiny(keep * v[i] + take * g[i] * g[i]);
            float step = Flush.tiny(mu * m[i] + lr * g[i] / (float) Math.sqrt(square + eps));
            v[i] = square;
            m[i] = step;
            p[i] -= step;
        }
    }
}
