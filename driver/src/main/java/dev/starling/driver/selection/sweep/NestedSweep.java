package dev.starling.driver.selection.sweep;

import dev.starling.driver.data.RawData;
import dev.starling.driver.files.Journal;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.selection.crossvalidation.CrossValidation.Settings;
import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.crossvalidation.FoldResult;
import dev.starling.driver.selection.crossvalidation.FoldsFailed;
import dev.starling.driver.selection.pool.Pool;
import dev.starling.driver.selection.search.EventJson;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.worker.InvalidInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Cross-validates a way of choosing: in each fold a sweep of its own chooses on the fold's training rows alone, and what it chose is trained on all of them and scored once on the fold's rows, which
 * nothing else reads. The mean over folds so estimates the error of a model that is chosen like that, without the optimism of a best trial's own value (Varma and Simon, "Bias in error estimation when
 * using cross-validation for model selection", BMC Bioinformatics 7, 2006).
 */
public final class NestedSweep {
    private NestedSweep() {}

    /**
     * What is searched in each fold.
     *
     * @param plan the outer folds
     * @param spec budgets count for each fold; an objective of validation is measured on the part of the fold's training rows that {@code data.validation} takes, one of mean by folds of them
     * @param epochs of a whole trial
     */
    public record Setup(FoldPlan plan, SweepSpec spec, int epochs, TrialRecipes recipes) {}

    /** Without keeping anything. */
    public static NestedResult run(JavaSparkContext spark, RawData data, Setup setup) {
        return run(
                spark,
                data,
                setup,
                Settings.DEFAULT,
                Collections.emptySortedMap(),
                NestedStore.NONE,
                NestedListener.NONE);
    }

    /**
     * Runs all folds but those that are done; a search that has a journal goes on where that ends.
     *
     * @param data stays the caller's
     * @param done earlier results, by the folds' index
     * @throws FoldsFailed if a fold failed, when all others are finished
     * @throws InvalidInput if trials may end early and the store has no folders for them to pause in
     */
    public static NestedResult run(
            JavaSparkContext spark,
            RawData data,
            Setup setup,
            Settings settings,
            SortedMap<Integer, FoldResult> done,
            NestedStore store,
            NestedListener listener) {
        boolean pauses = !(setup.spec().earlyTermination() instanceof EarlyTermination.None);
        if (pauses && store.folder(0).isEmpty()) {
            throw new InvalidInput("Cannot search inside folds with early termination and without folders: trials that"
                    + " pause leave their state there (expected folders, or no early termination)");
        }
        FoldPlan plan = setup.plan();
        try (NestedSource source = new NestedSource(setup, settings, done, store, listener)) {
            if (done.size() < plan.size()) {
                Pool.run(spark, data, source, settings.slots());
            }
            if (!source.failures().isEmpty()) {
                throw FoldsFailed.of(plan, source.failures());
            }
            List<FoldResult> results = new ArrayList<>(source.results().values());
            return new NestedResult(
                    CrossValidationResult.of(plan, data.classes(), results, source.facts()),
                    searches(setup, store, source.searches()));
        }
    }

    /** Those of folds that were done before are read again. */
    private static List<SweepResult> searches(Setup setup, NestedStore store, SortedMap<Integer, SweepResult> known) {
        List<SweepResult> searches = new ArrayList<>();
        for (int fold = 0; fold < setup.plan().size(); fold++) {
            searches.add(
                    known.containsKey(fold)
                            ? known.get(fold)
                            : SweepResult.of(
                                    setup.spec(),
                                    store.folder(fold)
                                            .map(folder -> past(setup.spec(), folder))
                                            .orElse(List.of())));
        }
        return searches;
    }

    /** What a journal in the folder holds; nothing where there is none. */
    public static List<SweepEvent> past(SweepSpec spec, StoreFiles folder) {
        return EventJson.parse(Journal.read(folder), spec.space(), folder.location() + "/journal.jsonl");
    }
}
