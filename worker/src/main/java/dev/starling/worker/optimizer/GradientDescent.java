package dev.starling.worker.optimizer;

/** p ← p − lr·g. */
final class GradientDescent implements UpdateRule {
    private float learningRate;

    @Override
    public void begin(long step, double learningRate) {
        this.learningRate = (float) learningRate;
    }

    @Override
    public void update(float[] p, float[] g, float[][] state, int n) {
        descend(p, g, n, learningRate);
    }

    private static void descend(float[] p, float[] g, int n, float lr) {
        for (int i = 0; i < n; i++) {
            p[i] -= lr * g[i];
        }
    }
}
