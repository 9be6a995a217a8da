package dev.starling.worker.optimizer;

/** Duchi et al. 2011, in Keras's form: a ← a + g²; p ← p − lr·g ÷ √(a + ε). The sum never decays, so nothing is flushed. */
final class Adagrad implements UpdateRule {
    private final float initial;
    private final float epsilon;
    private float learningRate;

    Adagrad(double initialAccumulator, double epsilon) {
        this.initial = (float) initialAccumulator;
        this.epsilon = (float) epsilon;
    }

    @Override
    public float initialState() {
        return initial;
    }

    @Override
    public void begin(long step, double learningRate) {
        this.learningRate = (float) learningRate;
    }

    @Override
    public void update(float[] p, float[] g, float[][] state, int n) {
        update(p, g, state[0], n, learningRate, epsilon);
    }

    private static void update(float[] p, float[] g, float[] a, int n, float lr, float epsilon) {
        for (int i = 0; i < n; i++) {
            float sum = a[i] + g[i] * g[i];
            a[i] = sum;
            p[i] -= lr * g[i] / (float) Math.sqrt(sum + epsilon);
        }
    }
}
