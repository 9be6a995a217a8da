package dev.starling.worker.optimizer;

/** The update rules as written out, for tests of other packages. */
public final class Formulas {
    private Formulas() {}

    /** @param s the value's state, from zeros; changed */
    public static double next(OptimizerSpec spec, double p, double g, double[] s, int t, double lr) {
        return Formula.of(spec).next(p, g, s, t, lr);
    }
}
