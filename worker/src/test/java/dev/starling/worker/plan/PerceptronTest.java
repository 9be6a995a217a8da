package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rosenblatt's perceptron: one threshold unit, an example at a time, by w ← w + η·(t − o)·x. */
class PerceptronTest {
    private static final NetworkSpec UNIT = Networks.ending(Activation.Simple.THRESHOLD, Loss.PERCEPTRON, 2, 1);
    private static final float[][] POINTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    private static final double RATE = 0.25;

    @ParameterizedTest
    @CsvSource({"PLANNED, 0, 1, 1, 1", "PLANNED, 0, 0, 0, 1", "REFERENCE, 0, 1, 1, 1", "REFERENCE, 0, 0, 0, 1"})
    void learnsOrAndAnd(StepChoice choice, float a, float b, float c, float d) {
        assertThat(epochsUntilRight(choice, new float[] {a, b, c, d}, 50)).isBetween(1, 20);
    }

    @Test
    void neverLearnsExclusiveOr() {
        assertThat(epochsUntilRight(StepChoice.PLANNED, new float[] {0, 1, 1, 0}, 2000))
                .isZero();
    }

    /** The first epoch after which all answers are right; 0 if there is none. */
    private static int epochsUntilRight(StepChoice choice, float[] targets, int epochs) {
        try (Step step = StepFactory.create(UNIT, 4, choice)) {
            OptimizerSpec.Sgd sgd = new OptimizerSpec.Sgd(new Schedule.Constant(RATE), 0, false, 0);
            Optimizer optimizer =
                    new Optimizer(sgd, new Clipping.None(), dev.starling.worker.network.NetworkLayout.of(UNIT));
            FlatVector state = FlatVector.allocate(optimizer.stateLength());
            for (int epoch = 1; epoch <= epochs; epoch++) {
                for (int i = 0; i < 4; i++) {
                    step.features().set(0, POINTS[i], 0, 2);
                    step.targets().set(0, targets, i, 1);
                    step.train(1, epoch);
                    optimizer.apply(step.parameters(), step.gradient(), state, epoch, RATE);
                }
                if (right(step, targets)) {
                    return epoch;
                }
            }
            return 0;
        }
    }

    private static boolean right(Step step, float[] targets) {
        for (int i = 0; i < 4; i++) {
            step.features().set(2 * i, POINTS[i], 0, 2);
        }
        step.infer(4);
        return java.util.Arrays.equals(java.util.Arrays.copyOf(step.outputs().toArray(), 4), targets);
    }

    @ParameterizedTest
    @EnumSource(names = {"PLANNED", "REFERENCE"})
    void theUpdateIsTheRulesByWrittenNumbers(StepChoice choice) {
        try (Step step = StepFactory.create(UNIT, 1, choice)) {
            // 0.5·2 − 1·3 + 0.25 = −1.75, so o = 0 where t = 1: (o − t)·x = (−2, −3) and −1 for the bias.
            step.parameters().set(new float[] {0.5f, -1, 0.25f});
            step.features().set(new float[] {2, 3});
            step.targets().set(new float[] {1});
            step.train(1, 1);
            assertThat(step.outputs().toArray()).containsExactly(0);
            assertThat(step.gradient().toArray()).containsExactly(-2, -3, -1);
            step.targets().set(new float[] {0});
            step.train(1, 1);
            assertThat(step.gradient().toArray()).containsOnly(0);
        }
    }

    @Test
    void theStoredModelGivesTheSameAnswers() throws Exception {
        Trial trial = new Trial(UNIT, 50, 3);
        try (PlannedStep step = trial.planned(50, dev.starling.worker.loops.LoopsChoice.create())) {
            step.infer(50);
            assertThat(Stored.outputs(trial)).isEqualTo(step.outputs().toArray());
            assertThat(step.outputs().toArray()).contains(0, 1);
        }
    }
}
