package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Activation.Simple;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.ReferenceStep;
import dev.starling.worker.step.Step;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The planned step's penalties on activations, held against DL4J's layers in double precision, whose gradients are checked by finite differences. */
class PenalizedKernelTest {
    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("l1", dense(new ActivityPenalty(0.5, 0, 0, 0.5, 0), Simple.TANH)),
                Arguments.of("l2", dense(new ActivityPenalty(0, 0.5, 0, 0.5, 0), Simple.TANH)),
                Arguments.of("kl", dense(new ActivityPenalty(0, 0, 0.5, 0.05, 0), Simple.SIGMOID)),
                Arguments.of("contractive", dense(new ActivityPenalty(0, 0, 0, 0.5, 0.5), Simple.SIGMOID)),
                Arguments.of("contractive elu", dense(new ActivityPenalty(0, 0, 0, 0.5, 0.5), new Activation.Elu(1))),
                Arguments.of("all of them", dense(new ActivityPenalty(0.1, 0.2, 0.3, 0.1, 0.4), Simple.SIGMOID)),
                Arguments.of("of images", convolutional(new ActivityPenalty(0.5, 0.3, 0, 0.5, 0))));
    }

    private static NetworkSpec dense(ActivityPenalty penalty, Activation activation) {
        return autoencoder(30, 12, activation, penalty);
    }

    private static NetworkSpec autoencoder(int inputs, int units, Activation activation, ActivityPenalty penalty) {
        return new NetworkSpec(
                new Shape.Flat(inputs),
                List.of(
                        new Dense("code", units, activation, Weights.DEFAULT.with(penalty)),
                        new Dense("back", inputs, Simple.LINEAR, Weights.DEFAULT)),
                Loss.MEAN_SQUARED_ERROR);
    }

    private static NetworkSpec convolutional(ActivityPenalty penalty) {
        List<LayerSpec> layers = List.of(
                new Conv2d("conv", 12, 3, 3, 1, 1, Padding.SAME, Simple.TANH, Weights.DEFAULT.with(penalty)),
                new Flatten("flat"),
                new Dense("out", 3, Simple.SOFTMAX, Weights.DEFAULT));
        return new NetworkSpec(new Shape.Image(6, 6, 1), layers, Loss.CATEGORICAL_CROSSENTROPY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void gradientIsThatOfTheReferenceInDouble(String name, NetworkSpec network) throws Unplannable {
        Trial trial = new Trial(network, 32, 5);
        Comparison comparison = new Comparison(trial);
        try (PlannedStep planned = trial.planned(32, LoopsChoice.create());
                ReferenceStep reference = trial.reference()) {
            assertThat(comparison.worst(trial.gradient(planned))).isLessThan(2e-5);
            assertThat(comparison.worst(trial.gradient(reference))).isLessThan(2e-5);
            assertThat(planned.activityPenalty()).isPositive();
            assertThat(planned.activityPenalty()).isCloseTo(reference.activityPenalty(), within(1e-5));
            planned.infer(20);
            reference.infer(20);
            assertThat(planned.activityPenalty()).isCloseTo(reference.activityPenalty(), within(1e-5));
        }
    }

    @Test
    void aNetworkWithoutPenaltiesCostsNothing() throws Unplannable {
        Trial trial = new Trial(dense(ActivityPenalty.NONE, Simple.SIGMOID), 8, 5);
        try (PlannedStep planned = trial.planned(8, LoopsChoice.create())) {
            planned.train(8, 1);
            assertThat(planned.activityPenalty()).isZero();
        }
    }

    @Test
    void meanActivationApproachesTheTarget() throws Unplannable {
        double free = meanActivation(ActivityPenalty.NONE);
        double sparse = meanActivation(new ActivityPenalty(0, 0, 1, 0.1, 0));
        assertThat(sparse).isCloseTo(0.1, within(0.02));
        assertThat(free).isGreaterThan(0.3);
    }

    /** Of an overcomplete autoencoder of random mixtures, after 300 steps. */
    private static double meanActivation(ActivityPenalty penalty) throws Unplannable {
        NetworkSpec network = autoencoder(10, 20, Simple.SIGMOID, penalty);
        NetworkLayout layout = NetworkLayout.of(network);
        Optimizer optimizer = new Optimizer(
                new OptimizerSpec.Adam(new Schedule.Constant(0.02), 0.9, 0.999, 1e-7, 0), new Clipping.None(), layout);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        optimizer.reset(state);
        SplittableRandom random = new SplittableRandom(3);
        try (PlannedStep step = new PlannedStep(network, 64)) {
            ParameterInitializer.initialize(layout, 1, step.parameters());
            for (int t = 1; t <= 300; t++) {
                fill(step, random);
                step.train(64, t);
                optimizer.apply(step.parameters(), step.gradient(), state, t, 0.02);
            }
            Tensor code = step.kernels().get(0).output();
            double sum = 0;
            for (int i = 0; i < 64 * 20; i++) {
                sum += code.values().floats().get(i);
            }
            return sum / (64 * 20);
        }
    }

    private static void fill(Step step, SplittableRandom random) {
        float[] batch = new float[64 * 10];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = random.nextInt(4) == 0 ? 1 : 0;
        }
        step.features().set(0, batch, 0, batch.length);
        step.targets().set(0, batch, 0, batch.length);
    }
}
