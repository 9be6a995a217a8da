package dev.starling.driver.selection.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.search.SweepEvent.Failed;
import dev.starling.driver.selection.search.SweepEvent.Finished;
import dev.starling.driver.selection.search.SweepEvent.Started;
import dev.starling.driver.selection.search.SweepPlanner.Answer;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SweepPlannerTest {
    private static Assignment run(SweepPlanner planner) {
        return ((Answer.Run) planner.next()).assignment();
    }

    static List<Sweeps> sweeps() {
        return List.of(
                new Sweeps().search(new Search.Tpe()),
                new Sweeps().search(new Search.Tpe()).early(new EarlyTermination.Asha(1, 2)),
                new Sweeps().search(new Search.Sobol()).early(new EarlyTermination.Hyperband(1, 3)),
                new Sweeps().early(new EarlyTermination.Median(2, 3, 2)).parts(3));
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void aSweepThatEndsAfterAnyEventGoesOnAsIfItHadNot(Sweeps sweep) {
        sweep.run(sweep.planner(), Integer.MAX_VALUE);
        List<SweepEvent> whole = List.copyOf(sweep.journal);
        List<String> undisturbed = Sweeps.told(whole);

        for (int end = 1; end < whole.size(); end++) {
            sweep.journal.clear();
            sweep.journal.addAll(whole.subList(0, end));
            sweep.run(sweep.planner(), Integer.MAX_VALUE);
            List<String> told = new ArrayList<>(Sweeps.told(sweep.journal));
            boolean interrupted = whole.get(end - 1) instanceof Started;
            if (interrupted) {
                // What was running is started again, and nothing else is.
                String last = told.remove(Sweeps.told(whole.subList(0, end)).size());
                assertThat(last)
                        .isEqualTo(Sweeps.told(whole.subList(end - 1, end)).get(0));
            }
            assertThat(told).as("ended after %d events", end).isEqualTo(undisturbed);
        }
    }

    @Test
    void manySlotsShareTheTrialsAndNoneRunsTwice() {
        Sweeps sweep = new Sweeps().search(new Search.Tpe()).early(new EarlyTermination.Asha(1, 3));
        SweepPlanner planner = sweep.planner();
        List<Assignment> running = new ArrayList<>();
        Set<List<Integer>> seen = new HashSet<>();
        for (int turn = 0; turn < 1000; turn++) {
            while (running.size() < 7 && planner.next() instanceof Answer.Run run) {
                running.add(run.assignment());
                assertThat(seen.add(List.of(
                                run.assignment().trial(), run.assignment().to())))
                        .isTrue();
            }
            if (!running.isEmpty()) {
                Assignment done = running.remove(turn * 5 % running.size());
                planner.measured(done, Sweeps.measure(done));
            }
        }

        assertThat(planner.next()).isEqualTo(new Answer.Done());
        assertThat(planner.trials()).hasSize(20).allMatch(t -> t.state() != TrialState.RUNNING);
        assertThat(planner.count(TrialState.FINISHED)).isBetween(2, 4);
        assertThat(planner.best().orElseThrow().state()).isEqualTo(TrialState.FINISHED);
    }

    @Test
    void aSlotWaitsWhileSomethingRunsThatMayLeadToMore() {
        SweepPlanner planner = new Sweeps().budget(Sweeps.trials(1)).planner();
        Assignment only = run(planner);

        assertThat(planner.next()).isEqualTo(new Answer.Wait());
        planner.measured(only, Sweeps.measure(only));
        assertThat(planner.next()).isEqualTo(new Answer.Done());
    }

    @Test
    void aTrialsValueIsTheMeanOfItsParts() {
        SweepPlanner planner = new Sweeps().parts(3).planner();
        List<Assignment> parts = List.of(run(planner), run(planner), run(planner));
        assertThat(parts).extracting(Assignment::part).containsExactly(0, 1, 2);
        assertThat(parts).extracting(Assignment::trial).containsOnly(0);
        assertThat(run(planner).trial()).isEqualTo(1);

        planner.measured(parts.get(1), new Measurement(new double[] {4, 2}, 1));
        planner.measured(parts.get(0), new Measurement(new double[] {1, 1}, 2));
        planner.measured(parts.get(2), new Measurement(new double[] {1}, 3));

        Trial trial = planner.trials().get(0);
        assertThat(trial.values()).containsExactly(2, 4.0 / 3);
        assertThat(trial.bestEpoch(Sweeps.LOSS)).hasValue(2);
        assertThat(trial.seconds()).isEqualTo(6);
        assertThat(trial.state()).isEqualTo(TrialState.FINISHED);
    }

    @Test
    void aPartThatFailsFailsItsTrialAndNothingElse() {
        Sweeps sweep = new Sweeps().parts(2).budget(Sweeps.trials(2));
        SweepPlanner planner = sweep.planner();
        Assignment first = run(planner);
        planner.failed(first, "out of memory");
        assertThat(run(planner).trial()).isEqualTo(1);
        planner.measured(first, Sweeps.measure(first));

        Trial trial = planner.trials().get(0);
        assertThat(trial.state()).isEqualTo(TrialState.FAILED);
        assertThat(trial.cause()).contains("out of memory");
        assertThat(sweep.journal.stream().filter(e -> e instanceof Failed)).hasSize(1);
    }

    @Test
    void aValueThatIsNoNumberFailsItsTrial() {
        SweepPlanner planner = new Sweeps().planner();
        planner.measured(run(planner), new Measurement(new double[] {1, Double.NaN}, 1));
        planner.measured(run(planner), new Measurement(new double[0], 1));

        assertThat(planner.trials())
                .extracting(t -> t.cause().orElse(""))
                .containsExactly(
                        "The training gave NaN as validation.loss", "The training gave no epoch's validation.loss");
    }

    @Test
    void moreFailuresThanMayBeEndTheSweep() {
        SweepPlanner planner = new Sweeps().planner();
        Assignment running = run(planner);
        for (int i = 0; i < 4; i++) {
            assertThat(planner.tooManyFailed()).isFalse();
            planner.failed(run(planner), "broken");
        }

        assertThat(planner.tooManyFailed()).isTrue();
        assertThat(planner.exhausted()).contains("4 trials failed");
        assertThat(planner.next()).isEqualTo(new Answer.Wait());
        planner.measured(running, Sweeps.measure(running));
        assertThat(planner.next()).isEqualTo(new Answer.Done());
    }

    @Test
    void epochsAreABudgetThatCountsWhatIsRunning() {
        Budget budget = new Budget(OptionalInt.empty(), Optional.empty(), OptionalLong.of(30), 3);
        Sweeps sweep = new Sweeps().budget(budget);
        sweep.run(sweep.planner(), Integer.MAX_VALUE);

        // 9 epochs each: after three trials 27 are trained, after four 36.
        assertThat(sweep.journal.stream().filter(e -> e instanceof Finished)).hasSize(4);
        SweepPlanner planner = new Sweeps().budget(budget).planner();
        for (int i = 0; i < 4; i++) {
            run(planner);
        }
        assertThat(planner.next()).isEqualTo(new Answer.Wait());
    }

    @Test
    void timeIsABudgetOverAllSessions() {
        Budget budget = new Budget(OptionalInt.empty(), Optional.of(Duration.ofSeconds(60)), OptionalLong.empty(), 3);
        Sweeps sweep = new Sweeps().budget(budget);
        sweep.run(sweep.planner(), Integer.MAX_VALUE);
        List<SweepEvent> whole = List.copyOf(sweep.journal);
        int atOnce = whole.size();

        sweep.journal.clear();
        sweep.journal.addAll(whole.subList(0, 11));
        sweep.run(sweep.planner(), Integer.MAX_VALUE);

        assertThat(atOnce).isBetween(20, 60);
        assertThat(sweep.journal.size()).isBetween(atOnce - 1, atOnce + 3);
    }

    @Test
    void aGridEndsWithItsLastPoint() {
        Space grid = new Space(List.of(new Parameter("x", new Dimension.Uniform(0, 1, OptionalDouble.of(0.25)))));
        Sweeps sweep = new Sweeps().search(new Search.Grid()).space(grid);
        SweepPlanner planner = sweep.planner();
        sweep.run(planner, Integer.MAX_VALUE);

        assertThat(planner.trials())
                .extracting(t -> t.point().settings().get("x").label())
                .containsExactly("0.0", "0.25", "0.5", "0.75", "1.0");
        assertThat(planner.best().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void aFinishedSweepIsExtendedByMoreTrials() {
        Sweeps sweep = new Sweeps().search(new Search.Tpe()).budget(Sweeps.trials(12));
        sweep.run(sweep.planner(), Integer.MAX_VALUE);
        sweep.budget(Sweeps.trials(20)).run(sweep.planner(), Integer.MAX_VALUE);
        Sweeps atOnce = new Sweeps().search(new Search.Tpe()).budget(Sweeps.trials(20));
        atOnce.run(atOnce.planner(), Integer.MAX_VALUE);

        assertThat(Sweeps.told(sweep.journal)).isEqualTo(Sweeps.told(atOnce.journal));
    }

    @Test
    void tpeUnderHalvingLearnsFromTheHighestRungThatEnoughTrialsHaveReached() {
        Trials trials = new Trials(Sweeps.LOSS, 1);
        Sweeps sweep = new Sweeps().early(new EarlyTermination.Asha(1, 3)).budget(Sweeps.trials(40));
        sweep.run(sweep.planner(), Integer.MAX_VALUE);
        sweep.journal.forEach(trials::take);

        long third = trials.begun().stream().filter(t -> t.epochs() >= 3).count();
        // A third, and some that were among the best only for a while.
        assertThat(third).isBetween(13L, 19L);
        assertThat(trials.knowledge(10).told().stream().filter(o -> o.loss() < Double.MAX_VALUE))
                .hasSize((int) third);
        assertThat(trials.knowledge(20).told().stream().filter(o -> o.loss() < Double.MAX_VALUE))
                .hasSize(40);
        assertThat(trials.knowledge(10).told()).hasSize(40);
    }
}
