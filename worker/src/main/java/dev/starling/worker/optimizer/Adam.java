package dev.starling.worker.optimizer;

/**
 * Kingma and Ba, arXiv 1412.6980, in Keras's form: m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²;
 * p ← p − α·m ÷ (√v + ε) with α = lr·√(1 − β₂ᵗ) ÷ (1 − β₁ᵗ). State: m, then v.
 */
final class Adam implements UpdateRule {
    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private float rate;

    Adam(double beta1, double beta2, double epsilon) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = (float) epsilon;
    }

    @Override
    public void begin(long step, double learningRate) {
        rate = (float) corrected(step, learningRate, beta1, beta2);
    }

    /** lr·√(1 − β₂ᵗ) ÷ (1 − β₁ᵗ): takes the zeros out that the moments start from. */
    static double corrected(long step, double learningRate, double beta1, double beta2) {
        return learningRate * Math.sqrt(1 - Math.pow(beta2, (double) step)) / (1 - Math.pow(beta1, (double) step));
    }

    @Override
    public void update(float[] p, float[] g, float[][] state, int n) {
        update(p, g, state[0], state[1], n);
    }

    private void update(float[] p, float[] g, float[] m, float[] v, int n) {
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float c1 = (float) (1 - beta1);
        float c2 = (float) (1 - beta2);
        float alpha = rate;
        float eps = epsilon;
        for (int i = 0; i < n; i++) {
            float mean = Flush.tiny(b1 * m[i] + c1 * g[i]);
            float square = Flush.tiny(b2 * v[i] + c2 * g[i] * g[i]);
            m[i] = mean;
            v[i] = square;
            p[i] -= alpha * mean / ((float) Math.sqrt(square) + eps);
        }
    }
}
