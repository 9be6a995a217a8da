package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.averaging.AveragingSpec;
import org.junit.jupiter.api.Test;

class GangPlanTest {
    // Batches of 10: 3 (10, 10, 5), 2 (10, 10), 0 and 5 (four of 10, one of 1).
    private final GangPlan plan = new GangPlan(new int[] {25, 20, 0, 41}, 10, new AveragingSpec.Every(2));

    @Test
    void anEpochIsAsLongAsItsLongestReplica() {
        assertThat(plan.batches(0)).isEqualTo(3);
        assertThat(plan.batches(2)).isZero();
        assertThat(plan.rounds(0)).isEqualTo(3);
        assertThat(plan.examples()).isEqualTo(86);
    }

    @Test
    void replicasWithoutBatchesLeftHaveNoStepsAndWeightZero() {
        assertThat(plan.firstStep(0, 0, 1)).isEqualTo(2);
        assertThat(plan.endStep(0, 0, 1)).isEqualTo(3);
        assertThat(plan.firstStep(0, 0, 2)).isEqualTo(plan.endStep(0, 0, 2));
        assertThat(plan.examples(0, 0, 2)).isZero();
        assertThat(plan.examples(2, 0, 0)).isZero();
    }

    @Test
    void weightsAreTheExamplesOfTheRound() {
        assertThat(plan.examples(0, 0, 0)).isEqualTo(20);
        assertThat(plan.examples(0, 0, 1)).isEqualTo(5);
        assertThat(plan.examples(3, 0, 2)).isEqualTo(1);
        assertThat(plan.weights(0, 1))
                .containsExactly(
                        plan.examples(0, 0, 1), plan.examples(1, 0, 1), plan.examples(2, 0, 1), plan.examples(3, 0, 1));
        assertThat(plan.rowsAt(0, 2)).isEqualTo(5);
        assertThat(plan.rowsAt(3, 3)).isEqualTo(10);
    }

    @Test
    void postLocalAveragesEveryStepInItsFirstEpochsAndThenEveryFew() {
        GangPlan later = new GangPlan(new int[] {25, 20, 0, 41}, 10, new AveragingSpec.PostLocal(2, 3));

        assertThat(later.rounds(0)).isEqualTo(5);
        assertThat(later.rounds(1)).isEqualTo(5);
        assertThat(later.rounds(2)).isEqualTo(2);
        assertThat(later.weights(1, 2)).containsExactly(5, 0, 0, 10);
        assertThat(later.weights(2, 0)).containsExactly(25, 20, 0, 30);
        assertThat(later.firstStep(3, 2, 1)).isEqualTo(3);
        assertThat(later.endStep(3, 2, 1)).isEqualTo(5);
    }

    @Test
    void progressCountsTheBatchesOfTheWholeGang() {
        assertThat(plan.batchesBefore(0, 0)).isZero();
        assertThat(plan.batchesBefore(0, 1)).isEqualTo(3);
        assertThat(plan.batchesBefore(0, 3)).isEqualTo(3 + 2 + 3);
        assertThat(plan.batchesBefore(0, 4)).isEqualTo(3 + 2 + 4);
        assertThat(plan.batchesBefore(2, 1)).isEqualTo(2 * 10 + 3);
    }

    @Test
    void progressOfOneReplicaIsItsOwnSteps() {
        GangPlan alone = new GangPlan(new int[] {25}, 10, new AveragingSpec.Every(2));

        assertThat(alone.batchesBefore(3, 2)).isEqualTo(3 * 3 + 2);
    }

    @Test
    void aGangWithoutReplicasIsNone() {
        assertThatThrownBy(() -> new GangPlan(new int[0], 10, new AveragingSpec.Every(1)))
                .hasMessageStartingWith("Cannot plan a gang");
    }
}
