package dev.starling.driver.selection.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.search.SweepEvent.Planned;
import dev.starling.driver.selection.search.SweepEvent.Started;
import dev.starling.driver.selection.search.SweepPlanner.Answer;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The end of a sweep on several slots. In these sweeps a trial at x takes 1 + 100·x seconds an epoch. */
class NewTrialsTest {
    private static final Space GRID =
            new Space(List.of(new Parameter("x", new Dimension.Uniform(0, 1, OptionalDouble.of(1.0 / 128)))));

    private record Busy(double until, Assignment assignment) {}

    private static double secondsPerEpoch(Assignment a) {
        return 1 + 100 * a.point().real("x");
    }

    /** Until the planner has nothing or the journal so many events; gives the share of idle slots. */
    private static double run(Sweeps sweep, SweepPlanner planner, int slots, int events) {
        PriorityQueue<Busy> busy = new PriorityQueue<>(Comparator.comparingDouble(Busy::until));
        double now = 0;
        double work = 0;
        while (true) {
            while (busy.size() < slots && planner.next() instanceof Answer.Run run) {
                double seconds = Sweeps.EPOCHS * secondsPerEpoch(run.assignment());
                work += seconds;
                busy.add(new Busy(now + seconds, run.assignment()));
            }
            if (busy.isEmpty() || sweep.journal.size() >= events) {
                return 1 - work / (slots * now);
            }
            Busy ended = busy.remove();
            now = ended.until();
            double[] values = Sweeps.measure(ended.assignment()).values();
            planner.measured(
                    ended.assignment(), new Measurement(values, Sweeps.EPOCHS * secondsPerEpoch(ended.assignment())));
        }
    }

    private static List<Started> started(Sweeps sweep) {
        return sweep.journal.stream()
                .filter(Started.class::isInstance)
                .map(Started.class::cast)
                .toList();
    }

    @Test
    void theLastTrialsArePlannedBeforeAndTheLongestOfThemBeginFirst() {
        Sweeps sweep = new Sweeps().budget(Sweeps.trials(400));
        double idle = run(sweep, sweep.planner(), 8, Integer.MAX_VALUE);

        List<Started> last = started(sweep).subList(400 - 24, 400);
        assertThat(last)
                .extracting(Started::trial)
                .isNotEqualTo(IntStream.range(400 - 24, 400).boxed().toList());
        List<Double> lengths = last.stream().map(e -> e.point().real("x")).toList();
        for (int i = 1; i < lengths.size(); i++) {
            // What neighbours took is not quite what it will take.
            assertThat(lengths.get(i)).isLessThan(lengths.get(i - 1) + 0.03);
        }
        assertThat(idle).isLessThan(0.01);
    }

    @Test
    void oneSlotTakesTrialsInTheirOrder() {
        Sweeps sweep = new Sweeps().search(new Search.Tpe()).budget(Sweeps.trials(200));
        run(sweep, sweep.planner(), 1, Integer.MAX_VALUE);

        assertThat(sweep.journal).noneMatch(Planned.class::isInstance);
        assertThat(started(sweep))
                .extracting(Started::trial)
                .isEqualTo(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void aSweepThatEndsAmongPlannedTrialsLosesAndRepeatsNoPoint() {
        for (int end = 200; end < 290; end += 9) {
            Sweeps sweep = new Sweeps().search(new Search.Grid()).space(GRID).budget(Sweeps.trials(129));
            run(sweep, sweep.planner(), 3, end);
            List<Integer> begunBefore =
                    started(sweep).stream().map(Started::trial).toList();
            SweepPlanner again = sweep.planner();
            run(sweep, again, 3, Integer.MAX_VALUE);

            assertThat(again.trials())
                    .as("ended after %d events", end)
                    .extracting(t -> t.point().label("x"))
                    .hasSize(129)
                    .doesNotHaveDuplicates();
            assertThat(again.trials()).allMatch(t -> t.state() == TrialState.FINISHED);
            assertThat(started(sweep).size() - 129).isBetween(0, 3);
            assertThat(begunBefore).isNotEmpty();
        }
    }

    @Test
    void whatIsPlannedHasNotBegun() {
        Sweeps sweep = new Sweeps().budget(Sweeps.trials(60));
        SweepPlanner planner = sweep.planner();
        List<Assignment> running = new ArrayList<>();
        while (started(sweep).size() < 55) {
            running.add(((Answer.Run) planner.next()).assignment());
            if (running.size() > 3) {
                Assignment first = running.remove(0);
                planner.measured(first, Sweeps.measure(first));
            }
        }

        assertThat(sweep.journal).anyMatch(Planned.class::isInstance);
        assertThat(planner.count(TrialState.PLANNED)).isEqualTo(5);
        assertThat(planner.trials()).hasSize(55).noneMatch(t -> t.state() == TrialState.PLANNED);
        assertThat(SweepResult.of(SweepSpec.of(Sweeps.SPACE, new Search.Random(), Sweeps.LOSS, 60), sweep.journal)
                        .trials())
                .hasSize(55);
    }

    @Test
    void theNearestTrialsTellHowLongOneTakes() {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            Trial trial = Trial.begun(i, GRID.point(i), 2);
            trials.add(trial.measured(TrialState.FINISHED, new double[] {1, 1}, 2 * i));
        }
        trials.add(Trial.begun(101, GRID.point(101), 2));
        trials.add(Trial.planned(102, GRID.point(102)));

        assertThat(new Lengths(GRID, trials).secondsPerEpoch(GRID.point(50))).isEqualTo(50);
        assertThat(new Lengths(GRID, trials).secondsPerEpoch(GRID.point(102))).isEqualTo(98);
        assertThat(new Lengths(GRID, List.of()).secondsPerEpoch(GRID.point(0))).isZero();
    }
}
