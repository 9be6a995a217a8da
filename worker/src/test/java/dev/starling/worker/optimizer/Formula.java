package dev.starling.worker.optimizer;

/** The update rules once more, in double precision, a value at a time, as their papers and Keras write them. */
interface Formula {
    /** The new parameter; {@code s} is the value's state. */
    double next(double p, double g, double[] s, int t, double lr);

    static Formula of(OptimizerSpec spec) {
        if (spec instanceof OptimizerSpec.Sgd o) {
            return (p, g, s, t, lr) -> {
                s[0] = o.momentum() * s[0] - lr * g;
                return o.nesterov() ? p + o.momentum() * s[0] - lr * g : p + s[0];
            };
        }
        if (spec instanceof OptimizerSpec.Adagrad o) {
            return (p, g, s, t, lr) -> {
                s[0] = (t == 1 ? o.initialAccumulator() : s[0]) + g * g;
                return p - lr * g / Math.sqrt(s[0] + o.epsilon());
            };
        }
        if (spec instanceof OptimizerSpec.RmsProp o) {
            return (p, g, s, t, lr) -> {
                s[0] = o.rho() * s[0] + (1 - o.rho()) * g * g;
                s[1] = o.momentum() * s[1] + lr * g / Math.sqrt(s[0] + o.epsilon());
                return p - s[1];
            };
        }
        if (spec instanceof OptimizerSpec.Adam o) {
            return (p, g, s, t, lr) -> {
                s[0] = o.beta1() * s[0] + (1 - o.beta1()) * g;
                s[1] = o.beta2() * s[1] + (1 - o.beta2()) * g * g;
                double mean = s[0] / (1 - Math.pow(o.beta1(), t));
                double root = Math.sqrt(s[1]) / Math.sqrt(1 - Math.pow(o.beta2(), t));
                // Keras's epsilon stands before the correction: "epsilon hat" of the paper.
                return p - lr * mean / (root + o.epsilon() / Math.sqrt(1 - Math.pow(o.beta2(), t)));
            };
        }
        OptimizerSpec.AmsGrad o = (OptimizerSpec.AmsGrad) spec;
        return (p, g, s, t, lr) -> {
            s[0] = o.beta1() * s[0] + (1 - o.beta1()) * g;
            s[1] = o.beta2() * s[1] + (1 - o.beta2()) * g * g;
            s[2] = Math.max(s[2], s[1]);
            double correction =
                    o.biasCorrection() ? Math.sqrt(1 - Math.pow(o.beta2(), t)) / (1 - Math.pow(o.beta1(), t)) : 1;
            return p - lr * correction * s[0] / (Math.sqrt(s[2]) + o.epsilon());
        };
    }
}
