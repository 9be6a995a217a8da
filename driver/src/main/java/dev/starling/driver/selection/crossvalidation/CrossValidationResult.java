package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.bagging.Ensemble;
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
 * @param pooled over all out-of-fold predictions; of the first repeat, where there are several; of an ensemble, over its own out of bag; empty where the target is not classes
 * @param ensemble of the folds' models, where folds are bootstrap samples
 */
public record CrossValidationResult(
        FoldPlan plan,
        List<FoldResult> folds,
        Summary summary,
        Map<String, String> facts,
        Optional<ClassTable> pooled,
        Optional<Roc> roc,
        Optional<Ensemble> ensemble) {
    public CrossValidationResult {
        folds = List.copyOf(folds);
        facts = Map.copyOf(facts);
    }

    /** @param facts about the machine and the step */
    public static CrossValidationResult of(
            FoldPlan plan, List<String> classes, List<FoldResult> folds, Map<String, String> facts) {
        Optional<Ensemble> ensemble =
                plan.spec().isBootstrap() ? Optional.of(ensemble(plan, classes, folds)) : Optional.empty();
        Pooled pooled = ensemble.map(
                        e -> Pooled.ofAll(classes, List.of(e.outOfBag().predictions())))
                .orElseGet(() -> Pooled.of(classes, folds));
        return new CrossValidationResult(
                plan, folds, Summary.of(plan, folds), facts, pooled.table(), pooled.roc(), ensemble);
    }

    private static Ensemble ensemble(FoldPlan plan, List<String> classes, List<FoldResult> folds) {
        List<Ensemble.Member> members = folds.stream()
                .map(fold ->
                        new Ensemble.Member(plan.folds().get(fold.index()).scored(), fold.predictions(), fold.others()))
                .toList();
        return Ensemble.of(classes, members, plan.predicted());
    }

    /** The mean over folds of a metric on their scored rows. */
    public double mean(String metric) {
        return summary.mean().get(metric);
    }
}
