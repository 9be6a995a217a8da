package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.crossvalidation.CrossValidation;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.crossvalidation.FoldResult;
import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.Unit;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.pool.UnitSource;
import dev.starling.driver.selection.search.SweepResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The searches of all folds as one source: the first fold that has something for a slot gives it, so that folds end one after the other and no slot is idle while any of them has work. */
final class NestedSource implements UnitSource, AutoCloseable {
    private static final int[] NONE = {};

    private final NestedSweep.Setup setup;
    private final CrossValidation.Settings settings;
    private final NestedStore store;
    private final NestedListener listener;
    private final Deque<Integer> later = new ArrayDeque<>();
    private final List<FoldSearch> open = new ArrayList<>();
    private final Map<Integer, Handed> running = new HashMap<>();
    private final Map<Integer, TrialRows> rows = new HashMap<>();
    private final SortedMap<Integer, FoldResult> results;
    private final SortedMap<Integer, SweepResult> searches = new TreeMap<>();
    private final SortedMap<Integer, UnitFailure> failures = new TreeMap<>();
    private Map<String, String> facts = Map.of();
    private int nextId;

    /** @param unit as the search numbers it */
    private record Handed(FoldSearch search, Unit unit) {}

    NestedSource(
            NestedSweep.Setup setup,
            CrossValidation.Settings settings,
            SortedMap<Integer, FoldResult> done,
            NestedStore store,
            NestedListener listener) {
        this.setup = setup;
        this.settings = settings;
        this.store = store;
        this.listener = listener;
        this.results = new TreeMap<>(done);
        for (int fold = 0; fold < setup.plan().size(); fold++) {
            if (!done.containsKey(fold)) {
                later.add(fold);
            }
        }
    }

    @Override
    public Answer next(int slot) {
        for (FoldSearch search : List.copyOf(open)) {
            Answer answer = search.next(slot);
            if (answer instanceof Answer.Run run) {
                return handed(search, run.unit());
            }
            settle(search);
        }
        while (!later.isEmpty()) {
            FoldSearch search = new FoldSearch(later.remove(), setup, settings, store, listener);
            open.add(search);
            Answer answer = search.next(slot);
            if (answer instanceof Answer.Run run) {
                return handed(search, run.unit());
            }
            settle(search);
        }
        return open.isEmpty() ? new Answer.Done() : new Answer.Wait();
    }

    /** Choice 0 of each fold, then choice 1 of each, and so on. */
    private Answer handed(FoldSearch search, Unit unit) {
        FoldPlan plan = setup.plan();
        Unit numbered = new Unit(
                nextId++,
                plan.label(search.fold()) + ", " + unit.label(),
                unit.recipe(),
                (unit.id() < 0 ? 0 : unit.rows() + 1) * plan.size() + search.fold(),
                unit.epochs(),
                unit.wanted());
        running.put(numbered.id(), new Handed(search, unit));
        return new Answer.Run(numbered);
    }

    @Override
    public RowChoice rows(int number) {
        FoldPlan plan = setup.plan();
        int fold = number % plan.size();
        int choice = number / plan.size();
        if (choice == 0) {
            Fold of = plan.folds().get(fold);
            return new RowChoice(of.train(), NONE, of.scored());
        }
        return rows.computeIfAbsent(
                        fold,
                        f -> TrialRows.within(plan, f, setup.spec().objective().measured()))
                .choice(choice - 1);
    }

    @Override
    public void finished(Unit unit, UnitResult result) {
        Handed handed = running.remove(unit.id());
        facts = result.facts();
        handed.search.finished(handed.unit, result);
        settle(handed.search);
    }

    @Override
    public void failed(Unit unit, UnitFailure failure) {
        Handed handed = running.remove(unit.id());
        handed.search.failed(handed.unit, failure);
        settle(handed.search);
    }

    /** Takes what a search came to, once it is over. */
    private void settle(FoldSearch search) {
        if (!search.isOver() || !open.remove(search)) {
            return;
        }
        int fold = search.fold();
        search.close();
        rows.remove(fold);
        searches.put(fold, search.search());
        search.result().ifPresent(result -> {
            FoldResult of = FoldResult.of(setup.plan(), fold, result);
            results.put(fold, of);
            listener.finished(of);
        });
        search.failure().ifPresent(failure -> {
            failures.put(fold, failure);
            listener.failed(fold, failure);
        });
    }

    SortedMap<Integer, FoldResult> results() {
        return results;
    }

    /** Of the folds that ran now. */
    SortedMap<Integer, SweepResult> searches() {
        return searches;
    }

    SortedMap<Integer, UnitFailure> failures() {
        return failures;
    }

    /** About the machine and the step; empty before a unit has ended. */
    Map<String, String> facts() {
        return facts;
    }

    @Override
    public void close() {
        open.forEach(FoldSearch::close);
    }
}
