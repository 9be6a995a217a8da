package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The inner folds of one outer fold, which choose how many epochs it trains: as many as did best on the mean over them, by the value that early stopping monitors, else by the loss. */
final class InnerFolds {
    private static final Set<String> SMALLER_IS_BETTER = Set.of("loss", "mse", "rmse", "mae");

    private final int fold;
    private final int firstUnit;
    private final List<Fold> folds;
    private final String metric;
    private final int epochs;
    private final Map<Integer, List<EpochReport>> histories = new HashMap<>();

    /** @param firstUnit id of the unit of the first of them; the others' follow */
    InnerFolds(int fold, int firstUnit, List<Fold> folds, Recipe recipe) {
        this.fold = fold;
        this.firstUnit = firstUnit;
        this.folds = folds;
        this.metric =
                recipe.training().earlyStopping().map(EarlyStopping::metric).orElse("loss");
        this.epochs = recipe.training().epochs();
    }

    int fold() {
        return fold;
    }

    List<Integer> units() {
        List<Integer> units = new ArrayList<>();
        for (int i = 0; i < folds.size(); i++) {
            units.add(firstUnit + i);
        }
        return units;
    }

    Fold foldOf(int unit) {
        return folds.get(unit - firstUnit);
    }

    void add(int unit, List<EpochReport> history) {
        histories.put(unit, history);
    }

    boolean isComplete() {
        return histories.size() == folds.size();
    }

    /** Of equal ones the fewest. */
    int bestEpochs() {
        int best = 1;
        double bestValue = Double.NaN;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double sum = 0;
            // In the order of the folds, which is not that in which they ended.
            for (int unit : units()) {
                sum += histories
                        .get(unit)
                        .get(epoch - 1)
                        .validation()
                        .orElseThrow()
                        .value(metric)
                        .orElseThrow();
            }
            double value = SMALLER_IS_BETTER.contains(metric) ? -sum : sum;
            if (Double.isNaN(bestValue) || value > bestValue) {
                best = epoch;
                bestValue = value;
            }
        }
        return best;
    }
}
