package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.worker.data.Split;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a fold came to.
 *
 * @param index from 0, over all repeats
 * @param metrics of its final model; TEST are the scored rows
 * @param epochs trained
 * @param predictions for the scored rows, in the order of the fold
 * @param others for the plan's {@code predicted} rows, where there are any
 * @param seconds of its unit
 */
public record FoldResult(
        int index,
        int repeat,
        int number,
        SortedMap<Split, SplitMetrics> metrics,
        RunHistory history,
        int epochs,
        Predictions predictions,
        Optional<Predictions> others,
        double seconds,
        double trainingSeconds) {
    public FoldResult {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** What the unit of a fold came to; it was asked for predictions. */
    public static FoldResult of(FoldPlan plan, int index, UnitResult result) {
        SortedMap<Split, SplitMetrics> metrics = new TreeMap<>();
        result.metrics().forEach((split, values) -> metrics.put(split, SplitMetrics.of(values)));
        Fold fold = plan.folds().get(index);
        return new FoldResult(
                index,
                fold.repeat(),
                fold.number(),
                metrics,
                RunHistory.of(result.history()),
                result.history().size(),
                result.predictions().orElseThrow(),
                result.others(),
                result.seconds(),
                result.trainingSeconds());
    }

    /** Values on the scored rows, by metric. */
    public Map<String, Double> scored() {
        return metrics.get(Split.TEST).values();
    }
}
