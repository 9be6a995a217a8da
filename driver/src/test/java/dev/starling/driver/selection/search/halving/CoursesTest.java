package dev.starling.driver.selection.search.halving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.search.halving.Course.Stage;
import dev.starling.driver.selection.search.halving.Course.Verdict;
import dev.starling.driver.selection.search.space.Flaw;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoursesTest {
    private static double[] flat(double loss, int epochs) {
        double[] losses = new double[epochs];
        Arrays.fill(losses, loss);
        return losses;
    }

    @Test
    void withoutEarlyTerminationEveryTrialGoesToTheEnd() {
        Course course = new EarlyTermination.None().begin(12);

        assertThat(course.first(3)).isEqualTo(12);
        assertThat(course.reached(3, 12, flat(1, 12))).isEqualTo(Verdict.FINISHED);
        assertThat(course.next()).isEmpty();
    }

    @Test
    void rungsAreCountedFromTheTop() {
        assertThat(Brackets.asha(27, 1, 3).rungs().get(0)).containsExactly(1, 3, 9, 27);
        assertThat(Brackets.asha(10, 1, 3).rungs().get(0)).containsExactly(1, 3, 10);
        assertThat(Brackets.asha(25, 2, 3).rungs().get(0)).containsExactly(3, 8, 25);
        assertThat(Brackets.asha(5, 4, 3).rungs().get(0)).containsExactly(5);
    }

    /** Table 1 of the Hyperband paper, R = 81 and η = 3: 81, 34, 15, 8 and 5 trials from 1, 3, 9, 27 and 81. */
    @Test
    void hyperbandFillsTheBracketsOfItsPaper() {
        Brackets brackets = Brackets.hyperband(81, 1, 3);

        assertThat(brackets.sizes()).containsExactly(81, 34, 15, 8, 5);
        assertThat(brackets.rungs().stream().map(r -> r.get(0))).containsExactly(1, 3, 9, 27, 81);
        assertThat(IntStream.of(0, 80, 81, 114, 115, 142, 143).map(brackets::bracketOf))
                .containsExactly(0, 0, 1, 1, 2, 4, 0);
    }

    @Test
    void ashaPromotesTheBestThirdAsSoonAsItIsOne() {
        Course course = new EarlyTermination.Asha(1, 3).begin(9);
        assertThat(course.first(0)).isEqualTo(1);
        assertThat(course.reached(0, 1, flat(5, 1))).isEqualTo(Verdict.PAUSED);
        course.reached(1, 1, flat(3, 1));
        assertThat(course.next()).isEmpty();

        course.reached(2, 1, flat(4, 1));
        assertThat(course.next()).contains(new Stage(1, 3));
        assertThat(course.next()).contains(new Stage(1, 3));

        course.resumed(new Stage(1, 3));
        assertThat(course.next()).isEmpty();
    }

    @Test
    void higherRungsGoFirst() {
        Course course = new EarlyTermination.Asha(1, 2).begin(4);
        for (int trial = 0; trial < 8; trial++) {
            course.reached(trial, 1, flat(trial, 1));
        }
        for (int trial = 0; trial < 2; trial++) {
            course.resumed(new Stage(trial, 2));
            course.reached(trial, 2, flat(trial, 2));
        }

        assertThat(course.next()).contains(new Stage(0, 4));
        course.resumed(new Stage(0, 4));
        assertThat(course.next()).contains(new Stage(2, 2));
        assertThat(course.reached(0, 4, flat(0, 4))).isEqualTo(Verdict.FINISHED);
    }

    @Test
    void aTrialThatEndedItselfCountsInItsRungButDoesNotGoOn() {
        Course course = new EarlyTermination.Asha(4, 2).begin(8);

        assertThat(course.reached(0, 4, flat(1, 3))).isEqualTo(Verdict.FINISHED);
        course.reached(1, 4, flat(2, 4));
        assertThat(course.next()).isEmpty();
        course.reached(2, 4, flat(3, 4));
        course.reached(3, 4, flat(3, 4));
        assertThat(course.next()).contains(new Stage(1, 8));
    }

    @Test
    void bracketsDoNotCompareTheirTrials() {
        Course course = new EarlyTermination.Hyperband(1, 3).begin(9);
        // 9 trials from epoch 1, 5 from 3, 3 from 9.
        assertThat(IntStream.of(0, 8, 9, 13, 14, 16).map(course::first)).containsExactly(1, 1, 3, 3, 9, 9);
        course.reached(9, 3, flat(0, 3));
        course.reached(0, 1, flat(5, 1));
        course.reached(1, 1, flat(6, 1));
        assertThat(course.next()).isEmpty();
        course.reached(2, 1, flat(7, 1));
        assertThat(course.next()).contains(new Stage(0, 3));
    }

    @Test
    void theMedianRuleComparesTheBestSoFarWithTheAveragesOfFinishedTrials() {
        Course course = new EarlyTermination.Median(2, 2, 3).begin(4);
        // Averages after two epochs: 4, 3, 2; their median is 3.
        for (double loss : new double[] {4, 3, 2}) {
            assertThat(course.reached(0, 4, new double[] {loss + 1, loss - 1, 0, 0}))
                    .isEqualTo(Verdict.FINISHED);
        }

        assertThat(course.reached(5, 2, new double[] {9, 3.1})).isEqualTo(Verdict.STOPPED);
        assertThat(course.next()).isEmpty();
        assertThat(course.reached(6, 2, new double[] {3, 9})).isEqualTo(Verdict.PAUSED);
        assertThat(course.next()).contains(new Stage(6, 4));
        course.resumed(new Stage(6, 4));
        assertThat(course.next()).isEmpty();
    }

    @Test
    void theMedianRuleWaitsForEnoughTrials() {
        Course course = new EarlyTermination.Median(1, 1, 3).begin(2);
        course.reached(0, 2, flat(1, 2));
        course.reached(1, 2, flat(1, 2));

        assertThat(course.reached(2, 1, flat(100, 1))).isEqualTo(Verdict.PAUSED);
    }

    @Test
    void aFirstLookAfterTheLastEpochIsRefused() {
        assertThat(new EarlyTermination.Asha(6, 3).flaw(5))
                .contains(new Flaw("minEpochs 6", "at most training.epochs, 5"));
        assertThat(new EarlyTermination.Asha(5, 3).flaw(5)).isEmpty();
    }
}
