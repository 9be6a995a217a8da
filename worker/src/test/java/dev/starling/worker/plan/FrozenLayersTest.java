package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Layers that do not learn: their values stay to the bit, and the others learn as behind and before a function that is given. */
class FrozenLayersTest {
    private static final NetworkSpec WHOLE = Networks.convolutional(Activation.Simple.TANH, Pooling.AVERAGE, 0);

    private static NetworkSpec frozen(Set<String> names) {
        return new NetworkSpec(
                WHOLE.input(), WHOLE.layers(), WHOLE.loss(), LabelSmoothing.NONE, new Heritage(names, "", List.of()));
    }

    private static Set<String> all(String type) {
        return WHOLE.layers().stream()
                .filter(layer -> layer.type().equals(type))
                .map(LayerSpec::name)
                .collect(Collectors.toSet());
    }

    private static NetworkSpec withoutConvolutions() {
        return frozen(Set.of("conv16", "norm16", "conv32", "norm32"));
    }

    private static float[] tenSteps(Trial trial, Step step) {
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(0.01), 0.9, 0.999, 1e-7, 0.1);
        Optimizer optimizer = new Optimizer(adam, new Clipping.GlobalNorm(1), trial.layout);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        for (int t = 1; t <= 10; t++) {
            step.train(trial.rows, t);
            optimizer.apply(step.parameters(), step.gradient(), state, t, 0.01);
        }
        return step.parameters().toArray();
    }

    @Test
    void bothStepsLeaveFrozenLayersAsTheyAreAndMoveTheOthersAlike() throws Unplannable {
        for (NetworkSpec network :
                List.of(withoutConvolutions(), frozen(all("batchNormalization")), frozen(all("conv2d")))) {
            Trial trial = new Trial(network, 32, 4);
            try (PlannedStep plan = trial.planned(32, LoopsChoice.create());
                    Step reference = trial.reference()) {
                float[] found = tenSteps(trial, plan);
                float[] expected = tenSteps(trial, reference);
                for (ParameterBlock block : trial.layout.blocks()) {
                    for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                        if (block.frozen()) {
                            assertThat(found[i]).isEqualTo(trial.parameters[i]);
                            assertThat(expected[i]).isEqualTo(trial.parameters[i]);
                            assertThat(plan.gradient().floats().get(i)).isZero();
                        } else {
                            assertThat(found[i]).isCloseTo(expected[i], Offset.offset(2e-3f));
                        }
                    }
                    if (block.trainable()) {
                        assertThat(found[block.offset()]).isNotEqualTo(trial.parameters[block.offset()]);
                    }
                }
            }
        }
    }

    /** Batch normalisation among them is the function that inference has, so finite differences of the loss see it so. */
    @Test
    void theGradientBeforeAFrozenNormalisationIsTheFiniteDifferenceOfTheLoss() throws Unplannable {
        Trial trial = new Trial(frozen(all("batchNormalization")), 16, 8);
        ParameterBlock first = trial.layout.blocks().stream()
                .filter(b -> b.kind() == ParameterBlock.Kind.KERNEL)
                .findFirst()
                .orElseThrow();
        try (PlannedStep plan = trial.planned(16, LoopsChoice.create());
                Step reference = trial.reference()) {
            for (Step step : List.of(plan, reference)) {
                float[] gradient = trial.gradient(step);
                int at = first.offset();
                for (int i = at; i < first.offset() + first.length(); i++) {
                    at = Math.abs(gradient[i]) > Math.abs(gradient[at]) ? i : at;
                }
                double difference = (loss(trial, step, at, 1e-2f) - loss(trial, step, at, -1e-2f)) / 2e-2;
                assertThat(difference).isCloseTo(gradient[at], org.assertj.core.data.Percentage.withPercentage(1));
            }
        }
    }

    private static double loss(Trial trial, Step step, int at, float change) {
        step.parameters().set(trial.parameters);
        step.parameters().floats().put(at, trial.parameters[at] + change);
        step.infer(trial.rows);
        float[] outputs = step.outputs().toArray();
        double sum = 0;
        for (int i = 0; i < trial.targets.length; i++) {
            sum -= trial.targets[i] * Math.log(outputs[i]);
        }
        step.parameters().set(trial.parameters);
        return sum / trial.rows;
    }

    /** The kernels of the frozen front have no memory for gradients, and are never asked to run backward. */
    @Test
    void thePlanEndsItsWayBackAtTheFirstLayerThatLearns() throws Unplannable {
        Trial trial = new Trial(withoutConvolutions(), 16, 9);
        try (PlannedStep step = trial.planned(16, LoopsChoice.create())) {
            trial.gradient(step);
            List<Kernel> front = step.kernels().subList(0, 6);
            assertThat(front)
                    .hasExactlyElementsOfTypes(
                            ConvolutionKernel.class,
                            BatchNormalizationKernel.class,
                            PoolingKernel.class,
                            ConvolutionKernel.class,
                            BatchNormalizationKernel.class,
                            PoolingKernel.class);
            assertThat(front).noneMatch(kernel -> kernel.output().hasGradientMemory());
            assertThat(step.kernels().get(7).output().hasGradientMemory()).isTrue();
        }
    }

    @Test
    void aNetworkOfWhichNothingLearnsIsRefused() {
        NetworkSpec network = Networks.dense(Activation.Simple.RELU, 4, 3, 2);
        Set<String> names = network.layers().stream().map(LayerSpec::name).collect(Collectors.toSet());
        assertThatThrownBy(() -> NetworkLayout.of(new NetworkSpec(
                        network.input(),
                        network.layers(),
                        network.loss(),
                        LabelSmoothing.NONE,
                        new Heritage(names, "", List.of()))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot train network: all layers are frozen (expected one that learns)");
    }
}
