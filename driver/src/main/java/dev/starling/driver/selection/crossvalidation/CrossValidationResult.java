package dev.starling.driver.selection.crossvalidation;

import dev.starling.worker.metrics.ClassTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cross-validation came to.
 *
 * @param folds in order
 * @param summary over the folds' scored rows
 * @param facts about the machine and the step, by name, for provenance; empty where no fold was run now
 * @param pooled over all out-of-fold predictions; of the first repeat, where there are several; empty where the target is not classes
 */
public record CrossValidationResult(
        FoldPlan plan,
        List<FoldResult> folds,
        Summary summary,
        Map<String, String> facts,
        Optional<ClassTable> pooled,
        Optional<Roc> roc) {
    public CrossValidationResult {
        folds = List.copyOf(folds);
        facts = Map.copyOf(facts);
    }

    /** @param facts about the machine and the step */
    public static CrossValidationResult of(
            FoldPlan plan, List<String> classes, List<FoldResult> folds, Map<String, String> facts) {
        Pooled pooled = Pooled.of(classes, folds);
        return new CrossValidationResult(plan, folds, Summary.of(plan, folds), facts, pooled.table(), pooled.roc());
    }

    /** The mean over folds of a metric on their scored rows. */
    public double mean(String metric) {
        return summary.mean().get(metric);
    }
}
