package dev.starling.driver.selection.sweep;

import dev.starling.driver.files.Journal;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.selection.crossvalidation.CrossValidation;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.Unit;
import dev.starling.driver.selection.pool.Unit.Span;
import dev.starling.driver.selection.pool.Unit.Wanted;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.pool.UnitFailure.Cause;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.pool.UnitSource.Answer;
import dev.starling.driver.selection.search.EventJson;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.Trial;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The search inside one outer fold, and after it the training of what it chose. Its units' ids and rows are its own: row choice 0 is the fold's, those of trials follow. */
final class FoldSearch implements AutoCloseable {
    private static final int WINNER = -1;

    private final int fold;
    private final NestedSweep.Setup setup;
    private final CrossValidation.Settings settings;
    private final NestedListener listener;
    private final Optional<Journal> journal;
    private final SweepPlanner planner;
    private final TrialSource trials;
    private Optional<Unit> winner = Optional.empty();
    private boolean waits;
    private int attempts;
    private Optional<UnitResult> result = Optional.empty();
    private Optional<UnitFailure> failure = Optional.empty();

    FoldSearch(
            int fold,
            NestedSweep.Setup setup,
            CrossValidation.Settings settings,
            NestedStore store,
            NestedListener listener) {
        this.fold = fold;
        this.setup = setup;
        this.settings = settings;
        this.listener = listener;
        FoldPlan plan = setup.plan();
        long seed = Seeds.derive(plan.seed(), Purpose.SEARCH, -3, fold);
        TrialRows rows = TrialRows.within(plan, fold, setup.spec().objective().measured());
        Sweep.Setup own = new Sweep.Setup(setup.spec(), seed, setup.epochs(), setup.recipes(), rows);
        Optional<StoreFiles> folder = store.folder(fold);
        List<SweepEvent> past =
                folder.map(f -> NestedSweep.past(setup.spec(), f)).orElse(List.of());
        past.forEach(event -> listener.happened(fold, event));
        this.journal = folder.map(Journal::open);
        this.planner = Sweep.planner(own, past, InstantSource.system(), this::happened);
        this.trials = new TrialSource(own, planner, new PausedStates(folder), store.results(fold));
    }

    private void happened(SweepEvent event) {
        journal.ifPresent(j -> j.append(EventJson.write(event)));
        listener.happened(fold, event);
    }

    int fold() {
        return fold;
    }

    Answer next(int slot) {
        if (isOver()) {
            return new Answer.Done();
        }
        if (winner.isEmpty()) {
            Answer answer = trials.next(slot);
            if (!(answer instanceof Answer.Done)) {
                return answer;
            }
            choose();
            if (failure.isPresent()) {
                return new Answer.Done();
            }
        }
        if (waits) {
            return new Answer.Wait();
        }
        waits = true;
        attempts++;
        return new Answer.Run(winner.orElseThrow());
    }

    private void choose() {
        Optional<Trial> best = planner.best();
        if (best.isEmpty() || planner.tooManyFailed()) {
            String why = planner.trials().stream()
                    .flatMap(t -> t.cause().stream())
                    .reduce((a, b) -> b)
                    .orElse("no trial was trained");
            failure = Optional.of(new UnitFailure(
                    Cause.OTHER,
                    "Cannot choose in " + setup.plan().label(fold) + ": "
                            + planner.exhausted().orElse("no trial has a result") + "; the last one: " + why,
                    ""));
            return;
        }
        listener.chosen(fold, planner.result());
        winner = Optional.of(unit(best.get()));
    }

    /** On all training rows of the fold, for the epochs that were best; nothing watches it. */
    private Unit unit(Trial best) {
        Recipe recipe = setup.recipes().at(best.point());
        int epochs = best.bestEpoch(setup.spec().objective()).orElseThrow();
        long seed = Seeds.derive(recipe.training().seed(), Purpose.FOLD_TRAINING, fold);
        String model = settings.models().isEmpty() ? "" : settings.models() + "/" + (fold + 1);
        return new Unit(
                WINNER,
                "chosen trial " + best.number(),
                recipe.with(recipe.training().withSeed(seed).withEpochs(epochs, List.of())),
                0,
                Span.all(epochs),
                new Wanted(false, true, model, ""));
    }

    void finished(Unit unit, UnitResult of) {
        if (unit.id() == WINNER) {
            result = Optional.of(of);
        } else {
            trials.finished(unit, of);
        }
    }

    void failed(Unit unit, UnitFailure of) {
        if (unit.id() != WINNER) {
            trials.failed(unit, of);
        } else if (of.cause() == Cause.EXECUTOR_LOST && attempts <= settings.retries()) {
            waits = false;
        } else {
            failure = Optional.of(of);
        }
    }

    boolean isOver() {
        return result.isPresent() || failure.isPresent();
    }

    /** Of the chosen trial, on the fold's rows. */
    Optional<UnitResult> result() {
        return result;
    }

    Optional<UnitFailure> failure() {
        return failure;
    }

    SweepResult search() {
        return planner.result();
    }

    @Override
    public void close() {
        journal.ifPresent(Journal::close);
    }
}
