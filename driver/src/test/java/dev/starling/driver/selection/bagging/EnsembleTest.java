package dev.starling.driver.selection.bagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.selection.bagging.Ensemble.Member;
import dev.starling.driver.selection.pool.UnitResult.Predictions;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static Member member(int[] rows, float[] outputs, float[] targets) {
        return new Member(rows, new Predictions(outputs.length / rows.length, outputs, targets), Optional.empty());
    }

    /**
     * Row 4, wanted 1: models say 1 and 3, mean 2: bias² 1, variance (1 + 1) ÷ 2 = 1, error (0 + 4) ÷ 2 = 2. Row 7, wanted 0: both say 2: bias² 4, variance 0, error 4.
     */
    @Test
    void biasVarianceAndErrorAreThoseOfTheNotes() {
        int[] rows = {4, 7};
        float[] targets = {1, 0};
        Ensemble ensemble = Ensemble.of(
                List.of(),
                List.of(member(rows, new float[] {1, 2}, targets), member(rows, new float[] {3, 2}, targets)),
                new int[0]);

        Decomposition found = ensemble.outOfBag().decomposition();
        assertThat(found.bias2()).isCloseTo(2.5, EXACT);
        assertThat(found.variance()).isCloseTo(0.5, EXACT);
        assertThat(found.error()).isCloseTo(3, EXACT);
        assertThat(ensemble.outOfBag().predictions().outputs()).containsExactly(2, 2);
        assertThat(ensemble.outOfBag().metrics().get("mse")).isCloseTo(2.5, EXACT);
        assertThat(ensemble.outOfBag().metrics()).doesNotContainKey("loss");
        assertThat(ensemble.test()).isEmpty();
    }

    /** The second class has 0.4, 0.4 and 0.9: most models say the first, their mean of 0.567 says the second. */
    @Test
    void theMeanOfProbabilitiesDecidesAndNotTheMajority() {
        float[][] said = {{0.6f, 0.4f}, {0.6f, 0.4f}, {0.1f, 0.9f}};
        List<Member> members = List.of(
                member(new int[] {3}, said[0], new float[] {1}),
                member(new int[] {3}, said[1], new float[] {1}),
                member(new int[] {3}, said[2], new float[] {1}));

        Ensemble.Part part =
                Ensemble.of(List.of("no", "yes"), members, new int[0]).outOfBag();

        assertThat(part.metrics().get("accuracy")).isEqualTo(1);
        assertThat(part.classes().orElseThrow().confusion()).containsExactly(List.of(0L, 0L), List.of(0L, 1L));
        // Both outputs: the mean is 0.4333 and 0.5667, wanted 0 and 1.
        double off = 1.3 / 3;
        assertThat(part.decomposition().bias2()).isCloseTo(off * off, within(1e-6));
        assertThat(part.decomposition().error())
                .isCloseTo((0.36 + 0.36 + 0.01) / 3, within(1e-6))
                .isCloseTo(part.decomposition().bias2() + part.decomposition().variance(), within(1e-12));
    }

    /** With one output, of the second class. */
    @Test
    void ofOneOutputTheSecondClassIsWanted() {
        List<Member> members = List.of(
                member(new int[] {0, 1}, new float[] {0.8f, 0.4f}, new float[] {1, 0}),
                member(new int[] {0}, new float[] {0.6f}, new float[] {1}));
        Ensemble.Part part =
                Ensemble.of(List.of("no", "yes"), members, new int[0]).outOfBag();
        assertThat(part.counts()).containsExactly(2, 1);
        assertThat(part.metrics().get("accuracy")).isEqualTo(1);
        assertThat(part.metrics().get("loss")).isCloseTo(-(Math.log(0.7) + Math.log(0.6)) / 2, within(1e-6));
        assertThat(part.decomposition().bias2()).isCloseTo((0.09 + 0.16) / 2, within(1e-6));
        assertThat(part.decomposition().variance()).isCloseTo(0.01 / 2, within(1e-6));
    }

    /** Rows 2, 5 and 9; no model predicts row 7, all learned from it. */
    @Test
    void outOfBagARowIsPredictedByThoseThatDidNotLearnFromIt() {
        Ensemble ensemble = Ensemble.of(
                List.of(),
                List.of(
                        member(new int[] {2, 9}, new float[] {1, 10}, new float[] {0, 0}),
                        member(new int[] {2, 5}, new float[] {3, 20}, new float[] {0, 0})),
                new int[0]);
        assertThat(ensemble.models()).isEqualTo(2);
        assertThat(ensemble.outOfBag().rows()).containsExactly(2, 5, 9);
        assertThat(ensemble.outOfBag().counts()).containsExactly(2, 1, 1);
        assertThat(ensemble.outOfBag().predictions().outputs()).containsExactly(2, 20, 10);
    }
}
