package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.ReferenceStep;
import dev.starling.worker.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PlannedStepTest {
    private static final NetworkSpec SMOOTH_DENSE = Networks.dense(Activation.Simple.TANH, 60, 40, 30, 10);
    private static final NetworkSpec SMOOTH_CONVOLUTIONAL =
            Networks.convolutional(Activation.Simple.TANH, Pooling.AVERAGE, 0);

    @Test
    void twoHundredRandomNetworksHaveDl4jsGradientInDoublePrecision() {
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean smooth = i % 4 != 0;
            Trial trial = new Trial(new RandomNetworks(i, smooth).draw(), 1 + i % 37, i);
            int batchSize = i % 3 == 0 ? trial.rows + 5 : trial.rows;
            try (PlannedStep step = trial.planned(batchSize, LoopsChoice.create())) {
                wrong.addAll(new Comparison(trial).beyond(smooth ? 1e-4 : 1e-3, trial.gradient(step)));
            } catch (Unplannable e) {
                refused.add(i + ": " + e.getMessage());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused).hasSizeLessThan(60);
    }

    @Test
    void aDenseNetworksGradientIsDl4jsToAHundredThousandth() throws Unplannable {
        assertThat(worstOfPlan(new Trial(SMOOTH_DENSE, 32, 1))).isLessThan(1e-5);
    }

    @Test
    void aConvolutionalNetworksGradientIsDl4jsAndNoWorseThanItsFloat() throws Unplannable {
        Trial trial = new Trial(SMOOTH_CONVOLUTIONAL, 32, 2);
        double plan = worstOfPlan(trial);
        double dl4j;
        try (ReferenceStep reference = trial.reference()) {
            dl4j = new Comparison(trial).worst(trial.gradient(reference));
        }
        assertThat(plan).isLessThan(1e-4);
        assertThat(plan).isLessThan(2 * Math.max(dl4j, 1e-5));
    }

    private static double worstOfPlan(Trial trial) throws Unplannable {
        try (PlannedStep step = trial.planned(trial.rows, LoopsChoice.create())) {
            return new Comparison(trial).worst(trial.gradient(step));
        }
    }

    @Test
    void aWrongSignAndAWrongEpsilonAreCaught() throws Unplannable {
        Trial trial = new Trial(SMOOTH_CONVOLUTIONAL, 32, 3);
        Trial other = new Trial(withEpsilon(SMOOTH_CONVOLUTIONAL, 2e-3), 32, 3);
        try (PlannedStep right = trial.planned(32, LoopsChoice.create());
                PlannedStep wrong = other.planned(32, LoopsChoice.create())) {
            float[] negated = trial.gradient(right);
            ParameterBlock kernel = trial.layout.blocks().get(1);
            for (int i = kernel.offset(); i < kernel.offset() + kernel.length(); i++) {
                negated[i] = -negated[i];
            }
            assertThat(new Comparison(trial).worst(negated)).isGreaterThan(1);
            assertThat(new Comparison(trial).worst(trial.gradient(wrong))).isGreaterThan(1e-4);
        }
    }

    private static NetworkSpec withEpsilon(NetworkSpec network, double epsilon) {
        List<LayerSpec> layers = network.layers().stream()
                .map(l ->
                        l instanceof BatchNormalization b ? new BatchNormalization(b.name(), b.momentum(), epsilon) : l)
                .toList();
        return new NetworkSpec(network.input(), layers, network.loss());
    }

    @Test
    void afterTenStepsParametersAndRunningStatisticsAreTheReferences() throws Unplannable {
        Trial trial = new Trial(SMOOTH_CONVOLUTIONAL, 32, 4);
        try (PlannedStep plan = trial.planned(32, LoopsChoice.create());
                ReferenceStep reference = trial.reference()) {
            float[] found = tenSteps(trial, plan);
            float[] expected = tenSteps(trial, reference);
            for (ParameterBlock block : trial.layout.blocks()) {
                double[] wide = new double[expected.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = expected[i];
                }
                assertThat(Trial.distance(block, found, wide))
                        .describedAs(block.layer() + " " + block.kind())
                        .isLessThan(1e-4);
            }
        }
    }

    private static float[] tenSteps(Trial trial, Step step) {
        OptimizerSpec momentum = new OptimizerSpec.Sgd(new Schedule.Constant(0.01), 0.9, false, 0);
        Optimizer optimizer = new Optimizer(momentum, new Clipping.None(), trial.layout);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        for (int t = 1; t <= 10; t++) {
            step.train(trial.rows, t);
            optimizer.apply(step.parameters(), step.gradient(), state, t, 0.01);
        }
        return step.parameters().toArray();
    }

    @Test
    void inferenceUsesRunningStatisticsAsDl4jDoes() throws Unplannable {
        Trial trial = new Trial(SMOOTH_CONVOLUTIONAL, 20, 5);
        try (PlannedStep plan = trial.planned(20, LoopsChoice.create());
                ReferenceStep reference = trial.reference()) {
            plan.infer(20);
            reference.infer(20);
            float[] expected = reference.outputs().toArray();
            float[] found = plan.outputs().toArray();
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-5f));
            }
        }
    }

    @Test
    void chunksAndVectorsGiveTheSameBits() throws Unplannable {
        Trial trial = new Trial(Networks.convolutional(Activation.Simple.RELU, Pooling.MAX, 0.5), 19, 6);
        try (PlannedStep chunks = trial.planned(19, LoopsChoice.chunks());
                PlannedStep vectors = trial.planned(19, LoopsChoice.create())) {
            assertThat(LoopsChoice.create().description()).startsWith("vector");
            assertThat(trial.gradient(chunks)).isEqualTo(trial.gradient(vectors));
        }
    }

    @Test
    void dropoutDropsItsShareKeepsTheExpectationAndRepeatsForASeed() throws Unplannable {
        Trial trial = new Trial(Networks.convolutional(Activation.Simple.TANH, Pooling.AVERAGE, 0.25), 64, 7);
        try (PlannedStep step = trial.planned(64, LoopsChoice.create())) {
            float[] first = trial.gradient(step);
            float[] mask = step.kernels().stream()
                    .filter(DropoutKernel.class::isInstance)
                    .map(k -> ((DropoutKernel) k).mask().toArray())
                    .findFirst()
                    .orElseThrow();
            int dropped = 0;
            for (float factor : mask) {
                dropped += factor == 0 ? 1 : 0;
                assertThat(factor == 0 || Math.abs(factor - 1 / 0.75f) < 1e-6f).isTrue();
            }
            double error = Math.sqrt(0.25 * 0.75 / mask.length);
            assertThat((double) dropped / mask.length).isBetween(0.25 - 4 * error, 0.25 + 4 * error);
            assertThat(trial.gradient(step)).isEqualTo(first);
            step.train(64, 8);
            assertThat(step.gradient().toArray()).isNotEqualTo(first);
        }
    }

    /** With the seed the mask is the same at every evaluation of the loss, so finite differences see the network with that mask. */
    @Test
    void withDropoutTheGradientIsTheFiniteDifferenceOfTheLoss() throws Unplannable {
        NetworkSpec network = Networks.convolutional(Activation.Simple.TANH, Pooling.AVERAGE, 0.5);
        Trial trial = new Trial(network, 16, 8);
        try (PlannedStep step = trial.planned(16, LoopsChoice.create())) {
            float[] gradient = trial.gradient(step);
            for (ParameterBlock block : trial.layout.blocks()) {
                if (block.kind() == ParameterBlock.Kind.KERNEL || block.kind() == ParameterBlock.Kind.GAMMA) {
                    checkLargest(trial, step, gradient, block);
                }
            }
        }
    }

    private static void checkLargest(Trial trial, PlannedStep step, float[] gradient, ParameterBlock block) {
        int at = block.offset();
        for (int i = at; i < block.offset() + block.length(); i++) {
            at = Math.abs(gradient[i]) > Math.abs(gradient[at]) ? i : at;
        }
        float h = 1e-2f;
        double difference = (loss(trial, step, at, h) - loss(trial, step, at, -h)) / (2 * h);
        assertThat(difference)
                .describedAs(block.layer() + " " + block.kind())
                .isCloseTo(gradient[at], org.assertj.core.data.Percentage.withPercentage(1));
    }

    private static double loss(Trial trial, PlannedStep step, int at, float change) {
        step.parameters().set(trial.parameters);
        step.parameters().floats().put(at, trial.parameters[at] + change);
        step.train(trial.rows, 7);
        float[] outputs = step.outputs().toArray();
        double sum = 0;
        for (int i = 0; i < trial.targets.length; i++) {
            sum -= trial.targets[i] * Math.log(outputs[i]);
        }
        return sum / trial.rows;
    }

    @Test
    void twoReplicasAtOnceHaveTheBitsOfOneAlone() throws Exception {
        Trial trial = new Trial(Networks.convolutional(Activation.Simple.RELU, Pooling.MAX, 0.5), 32, 10);
        float[] alone;
        try (PlannedStep step = trial.planned(32, LoopsChoice.create())) {
            alone = tenSteps(trial, step);
        }
        ExecutorService replicas = Executors.newFixedThreadPool(2);
        try {
            Callable<float[]> replica = () -> {
                try (PlannedStep step = trial.planned(32, LoopsChoice.create())) {
                    return tenSteps(trial, step);
                }
            };
            for (Future<float[]> parameters : replicas.invokeAll(List.of(replica, replica))) {
                assertThat(parameters.get()).isEqualTo(alone);
            }
        } finally {
            replicas.shutdownNow();
        }
    }

    @Test
    void whereOneDnnIsNotToBeHadDenseNetworksRunOnOpenBlas() throws Unplannable {
        Trial trial = new Trial(Networks.dense(Activation.Simple.RELU, 60, 40, 30, 10), 32, 9);
        try (PlannedStep step = new PlannedStep(trial.network, 32, LoopsChoice.create(), false)) {
            trial.fill(step);
            assertThat(new Comparison(trial).worst(trial.gradient(step))).isLessThan(1e-5);
            assertThat(step.description()).contains("OpenBLAS");
        }
        assertThatThrownBy(() -> new PlannedStep(SMOOTH_CONVOLUTIONAL, 32, LoopsChoice.create(), false))
                .isInstanceOf(Unplannable.class)
                .hasMessageContaining("oneDNN cannot be loaded here");
    }
}
