package dev.starling.worker.optimizer;

import dev.starling.worker.network.ParameterBlock;
import java.util.List;

/** A whole step in double precision: penalties, clipping, decay and the formula, block by block. */
record Written(OptimizerSpec spec, Clipping clipping, List<ParameterBlock> blocks) {

    void step(double[] p, float[] gradient, double[][] states, int t, double lr) {
        double[] g = new double[gradient.length];
        for (ParameterBlock block : blocks) {
            for (int i = block.offset(); block.trainable() && i < block.offset() + block.length(); i++) {
                g[i] = gradient[i]
                        + block.penalty().l1() * Math.signum(p[i])
                        + 2 * block.penalty().l2() * p[i];
            }
        }
        clip(g);
        Formula formula = Formula.of(spec);
        for (ParameterBlock block : blocks) {
            for (int i = block.offset(); block.trainable() && i < block.offset() + block.length(); i++) {
                double decay = block.kind() == ParameterBlock.Kind.KERNEL ? lr * spec.weightDecay() : 0;
                p[i] = formula.next(p[i] - decay * p[i], g[i], states[i], t, lr);
            }
        }
    }

    private void clip(double[] g) {
        if (clipping instanceof Clipping.Value value) {
            for (int i = 0; i < g.length; i++) {
                g[i] = Math.max(-value.value(), Math.min(value.value(), g[i]));
            }
        } else if (clipping instanceof Clipping.GlobalNorm global) {
            scale(g, 0, g.length, global.norm());
        } else if (clipping instanceof Clipping.Norm norm) {
            for (ParameterBlock block : blocks) {
                scale(g, block.offset(), block.length(), norm.norm());
            }
        }
    }

    private static void scale(double[] g, int from, int length, double limit) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += g[i] * g[i];
        }
        double norm = Math.sqrt(sum);
        for (int i = from; i < from + length && norm > limit; i++) {
            g[i] *= limit / norm;
        }
    }
}
