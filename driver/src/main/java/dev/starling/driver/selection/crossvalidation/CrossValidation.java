package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.pool.Pool;
import dev.starling.driver.selection.pool.Recipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;

/** Cross-validates: every fold by one replica, as many at a time as there are slots. */
public final class CrossValidation {
    private CrossValidation() {}

    /**
     * What does not change the folds.
     *
     * @param nested whether inner folds choose the number of epochs
     * @param models URI of a folder in which fold N leaves {@code N/model.zip}; empty for none
     * @param retries how often a fold whose executor died is tried again
     * @param slots to use at most
     */
    public record Settings(boolean nested, String models, int retries, int slots) {
        public static final Settings DEFAULT = new Settings(false, "", 3, Integer.MAX_VALUE);
    }

    /** As {@link #run(JavaSparkContext, RawData, FoldPlan, Recipe, Settings, SortedMap, CrossValidationListener)}, by default settings. */
    public static CrossValidationResult run(JavaSparkContext spark, RawData data, FoldSpec folds, Recipe recipe) {
        return run(
                spark,
                data,
                FoldPlan.of(data, folds),
                recipe,
                Settings.DEFAULT,
                Collections.emptySortedMap(),
                CrossValidationListener.NONE);
    }

    /**
     * Runs all folds but those that are done.
     *
     * @param data stays the caller's
     * @param recipe its seed is not used: each fold has its own
     * @param done earlier results, by the folds' index
     * @throws FoldsFailed if a fold failed, when all others are finished
     */
    public static CrossValidationResult run(
            JavaSparkContext spark,
            RawData data,
            FoldPlan plan,
            Recipe recipe,
            Settings settings,
            SortedMap<Integer, FoldResult> done,
            CrossValidationListener listener) {
        FoldSource source = new FoldSource(plan, recipe, settings, done, listener);
        if (done.size() < plan.size()) {
            Pool.run(spark, data, source, settings.slots());
        }
        if (!source.failures().isEmpty()) {
            throw FoldsFailed.of(plan, source.failures());
        }
        List<FoldResult> results = new ArrayList<>(source.results().values());
        return CrossValidationResult.of(plan, data.classes(), results, source.facts());
    }
}
