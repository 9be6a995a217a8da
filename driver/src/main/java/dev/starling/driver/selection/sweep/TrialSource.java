package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.Unit;
import dev.starling.driver.selection.pool.Unit.Span;
import dev.starling.driver.selection.pool.Unit.Wanted;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.pool.UnitFailure.Cause;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.pool.UnitSource;
import dev.starling.driver.selection.search.Assignment;
import dev.starling.driver.selection.search.Measurement;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import dev.starling.worker.gang.TrainingSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the planner's assignments into units, and their results into its measurements. */
final class TrialSource implements UnitSource {
    private final Sweep.Setup setup;
    private final SweepPlanner planner;
    private final PausedStates states;
    private final TrialResults results;
    private final Map<Integer, Assignment> running = new HashMap<>();
    private final Set<Assignment> lostOnce = new HashSet<>();
    private final Deque<Assignment> suspects = new ArrayDeque<>();
    private int nextId;

    TrialSource(Sweep.Setup setup, SweepPlanner planner, PausedStates states, TrialResults results) {
        this.setup = setup;
        this.planner = planner;
        this.states = states;
        this.results = results;
    }

    @Override
    public Answer next(int slot) {
        boolean suspectRuns = running.values().stream().anyMatch(lostOnce::contains);
        if (!suspects.isEmpty() && !suspectRuns) {
            return new Answer.Run(unit(suspects.remove()).orElseThrow());
        }
        while (true) {
            SweepPlanner.Answer answer = planner.next();
            if (answer instanceof SweepPlanner.Answer.Run run) {
                Optional<Unit> unit = unit(run.assignment());
                if (unit.isPresent()) {
                    return new Answer.Run(unit.get());
                }
            } else {
                return answer instanceof SweepPlanner.Answer.Wait ? new Answer.Wait() : new Answer.Done();
            }
        }
    }

    /** Empty if the point makes no valid experiment; the planner knows then. */
    private Optional<Unit> unit(Assignment a) {
        Recipe recipe;
        try {
            recipe = setup.recipes().at(a.point());
        } catch (InvalidInput e) {
            planner.failed(a, String.join("; ", e.problems()));
            return Optional.empty();
        }
        TrainingSpec training =
                recipe.training().withSeed(seed(recipe.training().seed(), a));
        Unit unit = new Unit(
                nextId++,
                "trial " + a.trial(),
                recipe.with(training),
                a.part() % setup.rows().choices(),
                span(a, training),
                new Wanted(false, false, "", stateAfter(a, training)));
        running.put(unit.id(), a);
        return Optional.of(unit);
    }

    /** The first training of a trial has the seed that {@code train} would have, its first folds those of {@code cross-validate}. */
    private long seed(long seed, Assignment a) {
        int repeat = a.part() / setup.rows().choices();
        long repeated = repeat == 0 ? seed : Seeds.derive(seed, Purpose.SEARCH, -2, repeat);
        return setup.rows().seed(a.part() % setup.rows().choices(), repeated);
    }

    private boolean pauses() {
        return !(setup.spec().earlyTermination() instanceof EarlyTermination.None);
    }

    private Span span(Assignment a, TrainingSpec training) {
        if (!pauses()) {
            return Span.all(training.epochs());
        }
        return new Span(a.from(), a.to(), a.from() == 0 ? "" : states.uri(a.trial(), a.part(), a.from()));
    }

    private String stateAfter(Assignment a, TrainingSpec training) {
        return pauses() && a.to() < training.epochs() ? states.uri(a.trial(), a.part(), a.to()) : "";
    }

    @Override
    public RowChoice rows(int number) {
        return setup.rows().choice(number);
    }

    @Override
    public void finished(Unit unit, UnitResult result) {
        Assignment a = running.remove(unit.id());
        Optional<double[]> values = Objectives.values(setup.spec().objective(), result);
        if (values.isPresent()) {
            results.keep(a, result);
            planner.measured(a, new Measurement(values.get(), result.seconds()));
        } else {
            planner.failed(
                    a, "The training gives no " + setup.spec().objective().label());
        }
        forget(a);
    }

    @Override
    public void failed(Unit unit, UnitFailure failure) {
        Assignment a = running.remove(unit.id());
        if (failure.cause() == Cause.EXECUTOR_LOST && lostOnce.add(a)) {
            suspects.add(a);
            return;
        }
        planner.failed(a, failure.message());
        forget(a);
    }

    /** States that nobody will go on from; the one after this assignment stays while the trial pauses. */
    private void forget(Assignment a) {
        TrialState state = planner.trial(a.trial()).state();
        if (state == TrialState.RUNNING || !pauses()) {
            return;
        }
        int parts = setup.parts();
        for (int part = 0; part < parts; part++) {
            if (a.from() > 0) {
                states.delete(a.trial(), part, a.from());
            }
            if (state != TrialState.PAUSED) {
                states.delete(a.trial(), part, a.to());
            }
        }
    }
}
