package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Setting;
import java.util.SplittableRandom;

/** In one dimension, a kernel for each of some settings and last the prior's. */
sealed interface Kernels permits NumericKernels, CategoricalKernels {
    /** How much the prior counts beside one setting. */
    double PRIOR = 1;

    Setting draw(int kernel, SplittableRandom random);

    /** Adds to each kernel's entry the logarithm of its density at a setting. */
    void addLogDensity(Setting setting, double[] logs);
}
