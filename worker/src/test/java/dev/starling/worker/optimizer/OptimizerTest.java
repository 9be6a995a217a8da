package dev.starling.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
    private static final Schedule LR = new Schedule.ExponentialDecay(0.01, 3, 0.5, false);
    /** More than a chunk, and no multiple of one. */
    private static final int KERNEL = 1500;

    private static final int BIAS = 7;
    private static final int MEAN = 3;
    private static final int LENGTH = KERNEL + BIAS + MEAN + 5;
    private static final int STEPS = 5;

    private static List<ParameterBlock> blocks(Penalty penalty) {
        return List.of(
                block(Kind.KERNEL, 0, KERNEL, penalty),
                block(Kind.BIAS, KERNEL, BIAS, Penalty.NONE),
                block(Kind.RUNNING_MEAN, KERNEL + BIAS, MEAN, Penalty.NONE),
                block(Kind.KERNEL, KERNEL + BIAS + MEAN, 5, penalty));
    }

    private static ParameterBlock block(Kind kind, int offset, int length, Penalty penalty) {
        return new ParameterBlock("layer", kind, offset, length, length, length, Initializer.ZEROS, penalty);
    }

    static Stream<OptimizerSpec> rules() {
        return Stream.of(
                new OptimizerSpec.Sgd(LR, 0, false, 0),
                new OptimizerSpec.Sgd(LR, 0.9, false, 0),
                new OptimizerSpec.Sgd(LR, 0.9, true, 0),
                new OptimizerSpec.Adagrad(LR, 0.1, 1e-7, 0),
                new OptimizerSpec.RmsProp(LR, 0.9, 0, 1e-7, 0),
                new OptimizerSpec.RmsProp(LR, 0.9, 0.8, 1e-7, 0),
                new OptimizerSpec.Adam(LR, 0.9, 0.999, 1e-7, 0),
                new OptimizerSpec.Adam(LR, 0.9, 0.999, 1e-2, 0.1),
                new OptimizerSpec.Sgd(LR, 0.5, false, 0.1),
                new OptimizerSpec.AmsGrad(LR, 0.9, 0.9, 1e-7, true, 0),
                new OptimizerSpec.AmsGrad(LR, 0.9, 0.9, 1e-7, false, 0));
    }

    /** Parameters, and gradients of several steps that shrink, so that a maximum shows. */
    private static float[] random(Random random, int n, double scale) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    /** Runs the optimiser and the formula side by side. */
    private static void compare(OptimizerSpec spec, Clipping clipping, Penalty penalty) {
        List<ParameterBlock> blocks = blocks(penalty);
        Optimizer optimizer = new Optimizer(spec, clipping, blocks, LENGTH);
        Random random = new Random(11);
        FlatVector parameters = FlatVector.allocate(LENGTH);
        FlatVector gradient = FlatVector.allocate(LENGTH);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        optimizer.reset(state);
        parameters.set(random(random, LENGTH, 1));
        double[] expected = new double[LENGTH];
        double[][] states = new double[LENGTH][3];
        for (int i = 0; i < LENGTH; i++) {
            expected[i] = parameters.floats().get(i);
        }
        Written written = new Written(spec, clipping, blocks);
        for (int t = 1; t <= STEPS; t++) {
            float[] g = random(random, LENGTH, 1.0 / t);
            gradient.set(g);
            double lr = spec.learningRate().at(t - 1);
            optimizer.apply(parameters, gradient, state, t, lr);
            written.step(expected, g, states, t, lr);
        }
        for (int i = 0; i < LENGTH; i++) {
            assertThat((double) parameters.floats().get(i))
                    .as("value %d of %s", i, spec)
                    .isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fiveStepsEqualTheWrittenFormula(OptimizerSpec spec) {
        compare(spec, new Clipping.None(), Penalty.NONE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void soDoFiveStepsWithPenaltyAndEachClipping(OptimizerSpec spec) {
        Penalty penalty = new Penalty(0.02, 0.05);
        compare(spec, new Clipping.None(), penalty);
        compare(spec, new Clipping.Norm(0.7), penalty);
        compare(spec, new Clipping.GlobalNorm(0.7), penalty);
        compare(spec, new Clipping.Value(0.3), penalty);
    }

    @Test
    void kerasMomentumByWrittenNumbers() {
        // lr 0.1, momentum 0.9, gradient 1: v = -0.1, -0.19, -0.271; p = 1 - 0.1 - 0.19 - 0.271.
        assertThat(three(new OptimizerSpec.Sgd(new Schedule.Constant(0.1), 0.9, false, 0), Penalty.NONE))
                .isCloseTo(0.439, within(1e-6));
        // Nesterov: p + 0.9 v - 0.1 = 1 - 0.19 - 0.271 - 0.3439.
        assertThat(three(new OptimizerSpec.Sgd(new Schedule.Constant(0.1), 0.9, true, 0), Penalty.NONE))
                .isCloseTo(0.1951, within(1e-6));
    }

    @Test
    void kerasPenaltyByWrittenNumbers() {
        // l2 0.5 adds 2·0.5·p: p ← p - 0.1 (1 + p): 1, 0.8, 0.62, 0.458. DL4J's half of it would give 0.5803125.
        OptimizerSpec sgd = new OptimizerSpec.Sgd(new Schedule.Constant(0.1), 0, false, 0);
        assertThat(three(sgd, new Penalty(0, 0.5))).isCloseTo(0.458, within(1e-6));
        // l1 0.5 adds 0.5 while p > 0: 1 - 3 · 0.15.
        assertThat(three(sgd, new Penalty(0.5, 0))).isCloseTo(0.55, within(1e-6));
    }

    private static double three(OptimizerSpec spec, Penalty penalty) {
        Optimizer optimizer = new Optimizer(spec, new Clipping.None(), List.of(block(Kind.KERNEL, 0, 1, penalty)), 1);
        FlatVector parameter = FlatVector.allocate(1);
        FlatVector gradient = FlatVector.allocate(1);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        optimizer.reset(state);
        parameter.set(new float[] {1});
        gradient.set(new float[] {1});
        for (int t = 1; t <= 3; t++) {
            optimizer.apply(parameter, gradient, state, t, 0.1);
        }
        return parameter.floats().get(0);
    }

    @Test
    void penaltyCountsKernelsAlone() {
        Optimizer optimizer = new Optimizer(
                new OptimizerSpec.Sgd(LR, 0, false, 0), new Clipping.None(), blocks(new Penalty(0.5, 0.25)), LENGTH);
        FlatVector parameters = FlatVector.allocate(LENGTH);
        float[] values = new float[LENGTH];
        java.util.Arrays.fill(values, -2);
        parameters.set(values);
        assertThat(optimizer.penalty(parameters)).isCloseTo((KERNEL + 5) * (0.5 * 2 + 0.25 * 4), within(1e-9));
    }

    @Test
    void theSignOfZeroAndOfNearlyZeroIsRight() {
        float[] gradient = new float[4];
        Elementwise.addPenalty(gradient, new float[] {0, 1e-35f, -1e-35f, -3e38f}, 4, new Penalty(0.5, 0));
        assertThat(gradient).containsExactly(0, 0.5f, -0.5f, -0.5f);
    }

    @Test
    void resetGivesStartValues() {
        OptimizerSpec adagrad = new OptimizerSpec.Adagrad(LR, 0.1, 1e-7, 0);
        Optimizer optimizer = new Optimizer(adagrad, new Clipping.None(), blocks(Penalty.NONE), LENGTH);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        optimizer.reset(state);
        assertThat(state.toArray()).containsOnly(0.1f);
    }

    @Test
    void aNotANumberInTheGradientReachesTheParameters() {
        for (Clipping clipping :
                List.of(new Clipping.None(), new Clipping.Norm(1), new Clipping.GlobalNorm(1), new Clipping.Value(1))) {
            Optimizer optimizer = new Optimizer(
                    new OptimizerSpec.Adam(LR, 0.9, 0.999, 1e-7, 0), clipping, blocks(Penalty.NONE), LENGTH);
            FlatVector parameters = FlatVector.allocate(LENGTH);
            FlatVector gradient = FlatVector.allocate(LENGTH);
            gradient.set(4, new float[] {Float.NaN}, 0, 1);
            optimizer.apply(parameters, gradient, FlatVector.allocate(optimizer.stateLength()), 1, 0.1);
            assertThat(parameters.floats().get(4)).as(clipping.toString()).isNaN();
        }
    }

    @Test
    void vectorsOfAnotherLengthAreRefused() {
        Optimizer optimizer = new Optimizer(
                new OptimizerSpec.Sgd(LR, 0.9, false, 0), new Clipping.None(), blocks(Penalty.NONE), LENGTH);
        FlatVector right = FlatVector.allocate(LENGTH);
        FlatVector wrong = FlatVector.allocate(LENGTH + 1);
        assertThatThrownBy(() -> optimizer.apply(right, right, wrong, 1, 0.1))
                .hasMessage("Cannot use state of 1516 floats (expected 1515)");
    }
}
