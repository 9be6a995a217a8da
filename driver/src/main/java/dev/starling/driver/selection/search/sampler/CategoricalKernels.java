package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Setting;
import java.util.List;
import java.util.SplittableRandom;

/** Each kernel has most of its mass on one option and a little on all, as in Optuna: 1 and (prior ÷ kernels) each, made to sum to 1. The last is uniform. */
final class CategoricalKernels implements Kernels {
    private final Choice choice;
    private final int[] chosen;
    private final double logHere;
    private final double logElsewhere;
    private final double here;

    CategoricalKernels(Choice choice, List<Setting> settings) {
        this.choice = choice;
        this.chosen =
                settings.stream().mapToInt(s -> ((Setting.Chosen) s).index()).toArray();
        double little = PRIOR / (chosen.length + 1);
        double all = 1 + little * choice.options().size();
        this.here = 1 / all;
        this.logHere = Math.log((1 + little) / all);
        this.logElsewhere = Math.log(little / all);
    }

    @Override
    public Setting draw(int kernel, SplittableRandom random) {
        boolean uniform = kernel == chosen.length || random.nextDouble() >= here;
        return uniform ? choice.at(random.nextDouble()) : choice.level(chosen[kernel]);
    }

    @Override
    public void addLogDensity(Setting setting, double[] logs) {
        int option = ((Setting.Chosen) setting).index();
        for (int k = 0; k < chosen.length; k++) {
            logs[k] += chosen[k] == option ? logHere : logElsewhere;
        }
        logs[chosen.length] -= Math.log(choice.options().size());
    }
}
