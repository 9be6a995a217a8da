package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The notes' single neuron: Δw = η·(t − s)·s·(1 − s)·x, from half the squared error of an example. Here the loss has no half, and a batch's gradient is the mean. */
class LogisticNeuronTest {
    private static final NetworkSpec UNIT = Networks.ending(Activation.Simple.SIGMOID, Loss.MEAN_SQUARED_ERROR, 2, 1);
    private static final float[] WEIGHTS = {0.5f, -1, 0.25f};
    private static final float[] POINTS = {2, 3, -1, 0.5f};
    private static final float[] TARGETS = {1, 0};

    /** What the notes' rule adds to w₁, w₂ and the bias for η = 1. */
    private static double[] rule(int example) {
        double z = WEIGHTS[2] + WEIGHTS[0] * POINTS[2 * example] + WEIGHTS[1] * POINTS[2 * example + 1];
        double s = 1 / (1 + Math.exp(-z));
        double delta = (TARGETS[example] - s) * s * (1 - s);
        return new double[] {delta * POINTS[2 * example], delta * POINTS[2 * example + 1], delta};
    }

    @ParameterizedTest
    @EnumSource(names = {"PLANNED", "REFERENCE"})
    void onlineTheGradientIsTwiceTheRuleAgainstItsSign(StepChoice choice) {
        try (Step step = StepFactory.create(UNIT, 2, choice)) {
            step.parameters().set(WEIGHTS);
            step.features().set(0, POINTS, 0, 2);
            step.targets().set(0, TARGETS, 0, 1);
            step.train(1, 1);
            for (int i = 0; i < 3; i++) {
                assertThat((double) step.gradient().floats().get(i)).isCloseTo(-2 * rule(0)[i], within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLANNED", "REFERENCE"})
    void aBatchTakesTheMeanWhereTheNotesSum(StepChoice choice) {
        try (Step step = StepFactory.create(UNIT, 2, choice)) {
            step.parameters().set(WEIGHTS);
            step.features().set(POINTS);
            step.targets().set(TARGETS);
            step.train(2, 1);
            for (int i = 0; i < 3; i++) {
                double sum = rule(0)[i] + rule(1)[i];
                assertThat((double) step.gradient().floats().get(i)).isCloseTo(-2 * sum / 2, within(1e-6));
            }
        }
    }
}
