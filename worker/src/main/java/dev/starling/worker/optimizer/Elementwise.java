package dev.starling.worker.optimizer;

import dev.starling.worker.network.Penalty;

/** Loops over small arrays, written so that C2 vectorises those that write and the sums, which it does not, run in four independent chains. */
final class Elementwise {
    private Elementwise() {}

    /** g ← g + l1·sign(p) + 2·l2·p. */
    static void addPenalty(float[] g, float[] p, int n, Penalty penalty) {
        float l1 = (float) penalty.l1();
        float twice = (float) (2 * penalty.l2());
        for (int i = 0; i < n; i++) {
            // sign(p) without a condition: whatever is not tiny is lifted beyond ±1 and cut there.
            float sign = Math.max(-1f, Math.min(1f, p[i] * 0x1p126f));
            g[i] += l1 * sign + twice * p[i];
        }
    }

    static void scale(float[] g, int n, float factor) {
        for (int i = 0; i < n; i++) {
            g[i] *= factor;
        }
    }

    /** To [−limit, limit]; NaN stays. */
    static void cut(float[] g, int n, float limit) {
        for (int i = 0; i < n; i++) {
            g[i] = Math.max(-limit, Math.min(limit, g[i]));
        }
    }

    static void decay(float[] p, int n, float decay) {
        for (int i = 0; i < n; i++) {
            p[i] -= decay * p[i];
        }
    }

    static double squares(float[] x, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            a += (double) x[i] * x[i];
            b += (double) x[i + 1] * x[i + 1];
            c += (double) x[i + 2] * x[i + 2];
            d += (double) x[i + 3] * x[i + 3];
        }
        for (; i < n; i++) {
            a += (double) x[i] * x[i];
        }
        return (a + b) + (c + d);
    }

    static double magnitudes(float[] x, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.abs(x[i]);
        }
        return sum;
    }
}
