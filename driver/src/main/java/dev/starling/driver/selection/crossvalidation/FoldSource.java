package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.Unit;
import dev.starling.driver.selection.pool.Unit.Span;
import dev.starling.driver.selection.pool.Unit.Wanted;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.pool.UnitFailure.Cause;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.pool.UnitSource;
import dev.starling.worker.gang.TrainingSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hands out folds in order; where they are nested, the inner folds of each first, and then the fold itself for as many epochs as did best in them. A unit whose executor died is tried again a few
 * times; any other failure is the fold's.
 */
final class FoldSource implements UnitSource {
    private static final int[] NONE = {};

    private final FoldPlan plan;
    private final Recipe recipe;
    private final CrossValidation.Settings settings;
    private final CrossValidationListener listener;
    private final Deque<Integer> ready = new ArrayDeque<>();
    private final Map<Integer, InnerFolds> nested = new HashMap<>();
    private final Map<Integer, Integer> lost = new HashMap<>();
    private final SortedMap<Integer, FoldResult> results;
    private final SortedMap<Integer, UnitFailure> failures = new TreeMap<>();
    private Map<String, String> facts = Map.of();
    private int running;

    /** @param done folds that need not run, by their index */
    FoldSource(
            FoldPlan plan,
            Recipe recipe,
            CrossValidation.Settings settings,
            SortedMap<Integer, FoldResult> done,
            CrossValidationListener listener) {
        this.plan = plan;
        this.recipe = recipe;
        this.settings = settings;
        this.listener = listener;
        this.results = new TreeMap<>(done);
        int next = plan.size();
        for (int fold = 0; fold < plan.size(); fold++) {
            if (done.containsKey(fold)) {
                continue;
            }
            if (settings.nested()) {
                InnerFolds inner = new InnerFolds(fold, next, plan.inner(fold), recipe);
                inner.units().forEach(ready::add);
                inner.units().forEach(unit -> nested.put(unit, inner));
                next += inner.units().size();
            } else {
                ready.add(fold);
            }
        }
    }

    @Override
    public Answer next(int slot) {
        if (ready.isEmpty()) {
            return running == 0 ? new Answer.Done() : new Answer.Wait();
        }
        running++;
        int id = ready.poll();
        return new Answer.Run(nested.containsKey(id) ? inner(id) : fold(id));
    }

    private Unit fold(int fold) {
        TrainingSpec training = recipe.training().withSeed(plan.trainingSeed(fold));
        if (settings.nested()) {
            training = training.withEpochs(epochsOf(fold), List.of());
        }
        String model = settings.models().isEmpty() ? "" : settings.models() + "/" + (fold + 1);
        return new Unit(
                fold,
                plan.label(fold),
                recipe.with(training),
                fold,
                Span.all(training.epochs()),
                new Wanted(false, true, model, ""));
    }

    private int epochsOf(int fold) {
        return nested.values().stream()
                .filter(inner -> inner.fold() == fold)
                .findFirst()
                .orElseThrow()
                .bestEpochs();
    }

    private Unit inner(int id) {
        InnerFolds inner = nested.get(id);
        TrainingSpec training = recipe.training()
                .withSeed(plan.trainingSeed(inner.fold()))
                .withEpochs(recipe.training().epochs(), List.of());
        String label =
                plan.label(inner.fold()) + ", inner fold " + inner.foldOf(id).number();
        return new Unit(id, label, recipe.with(training), id, Span.all(training.epochs()), Wanted.METRICS);
    }

    @Override
    public RowChoice rows(int number) {
        if (nested.containsKey(number)) {
            Fold inner = nested.get(number).foldOf(number);
            return new RowChoice(inner.train(), inner.scored(), NONE);
        }
        if (settings.nested()) {
            Fold fold = plan.folds().get(number);
            return new RowChoice(fold.train(), NONE, fold.scored());
        }
        return plan.choice(number);
    }

    @Override
    public void finished(Unit unit, UnitResult result) {
        running--;
        InnerFolds inner = nested.get(unit.id());
        if (inner != null) {
            inner.add(unit.id(), result.history());
            if (inner.isComplete() && !failures.containsKey(inner.fold())) {
                ready.addFirst(inner.fold());
            }
            return;
        }
        facts = result.facts();
        FoldResult fold = FoldResult.of(plan, unit.id(), result);
        results.put(unit.id(), fold);
        listener.finished(fold);
    }

    @Override
    public void failed(Unit unit, UnitFailure failure) {
        running--;
        if (failure.cause() == Cause.EXECUTOR_LOST && lost.merge(unit.id(), 1, Integer::sum) <= settings.retries()) {
            ready.addFirst(unit.id());
            return;
        }
        InnerFolds inner = nested.get(unit.id());
        int fold = inner == null ? unit.id() : inner.fold();
        if (inner != null) {
            ready.removeAll(inner.units());
        }
        if (failures.putIfAbsent(fold, failure) == null) {
            listener.failed(fold, failure);
        }
    }

    SortedMap<Integer, FoldResult> results() {
        return results;
    }

    /** About the machine and the step; empty before a fold has ended. */
    Map<String, String> facts() {
        return facts;
    }

    SortedMap<Integer, UnitFailure> failures() {
        return failures;
    }
}
