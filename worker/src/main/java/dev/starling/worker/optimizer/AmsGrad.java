package dev.starling.worker.optimizer;

/**
 * Reddi et al., arXiv 1904.09237: Adam with v̂ ← max(v̂, v) in place of v. With bias correction as Keras (the rate of Adam), without as the paper
 * (α = lr). State: m, v, v̂.
 */
final class AmsGrad implements UpdateRule {
    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private final boolean biasCorrection;
    private float rate;

    AmsGrad(double beta1, double beta2, double epsilon, boolean biasCorrection) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = (float) epsilon;
        this.biasCorrection = biasCorrection;
    }

    @Override
    public void begin(long step, double learningRate) {
        rate = (float) (biasCorrection ? Adam.corrected(step, learningRate, beta1, beta2) : learningRate);
    }

    @Override
    public void update(float[] p, float[] g, float[][] state, int n) {
        update(p, g, state[0], state[1], state[2], n);
    }

    private void update(float[] p, float[] g, float[] m, float[] v, float[] largest, int n) {
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float c1 = (float) (1 - beta1);
        float c2 = (float) (1 - beta2);
        float alpha = rate;
        float eps = epsilon;
        for (int i = 0; i < n; i++) {
            float mean = Flush.tiny(b1 * m[i] + c1 * g[i]);
            float square = Flush.tiny(b2 * v[i] + c2 * g[i] * g[i]);
            float most = Math.max(largest[i], square);
            m[i] = mean;
            v[i] = square;
            largest[i] = most;
            p[i] -= alpha * mean / ((float) Math.sqrt(most) + eps);
        }
    }
}
