package dev.starling.worker.data;

import java.io.Serializable;

/** How numeric columns are scaled, fitted on training rows alone: the value becomes (x − offset) ÷ divisor. */
public sealed interface Scale extends Serializable {
    record None() implements Scale {}

    /** To mean 0 and standard deviation 1 (of the population, as scikit-learn); a constant column is only centred. */
    record Standardize() implements Scale {}

    /** To [0, 1]; a constant column is only shifted. */
    record MinMax() implements Scale {}

    /** @param divisor not 0 */
    record DivideBy(double divisor) implements Scale {}
}
