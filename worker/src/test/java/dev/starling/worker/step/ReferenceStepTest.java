package dev.starling.worker.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.network.Activation.Simple;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Networks;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.dl4j.Dl4jNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

class ReferenceStepTest {
    private static final NetworkSpec WITH_DROPOUT = new NetworkSpec(
            new Shape.Flat(6),
            List.of(
                    new ActivationLayer("squash", Simple.TANH),
                    new Dropout("first", 0.3),
                    Networks.dense(20, Simple.TANH),
                    new Dropout("second", 0.5),
                    Networks.dense(3, Simple.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY);

    static Stream<NetworkSpec> networks() {
        return Stream.of(
                Networks.xor(), Networks.mlp(6, 5, 3), Networks.smoothCnn(), Networks.smoothSeries(), WITH_DROPOUT);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aRaggedBatchGivesTheSameAsAStepOfItsSize(NetworkSpec spec) {
        Examples examples = Examples.of(spec, 5, 1);
        try (Step wide = Examples.step(spec, 8);
                Step narrow = Examples.step(spec, 5)) {
            Examples.of(spec, 8, 2).into(wide);
            for (Step step : List.of(wide, narrow)) {
                examples.into(step);
                step.train(5, 3);
            }
            assertThat(wide.gradient().toArray()).isEqualTo(narrow.gradient().toArray());
            assertThat(wide.parameters().toArray())
                    .isEqualTo(narrow.parameters().toArray());
            int length = narrow.outputs().length();
            assertThat(Arrays.copyOf(wide.outputs().toArray(), length))
                    .isEqualTo(narrow.outputs().toArray());
            wide.infer(1);
            narrow.infer(1);
            assertThat(wide.outputs().floats().get(0))
                    .isEqualTo(narrow.outputs().floats().get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aBatchIsReadOnly(NetworkSpec spec) {
        Examples examples = Examples.of(spec, 4, 1);
        try (Step step = Examples.step(spec, 4)) {
            examples.into(step);
            step.train(4, 3);
            step.infer(4);
            assertThat(step.features().toArray()).isEqualTo(examples.features());
            assertThat(step.targets().toArray()).isEqualTo(examples.targets());
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void inferenceIsWhatAStockNetworkWithTheseParametersGives(NetworkSpec spec) {
        Examples examples = Examples.of(spec, 4, 1);
        try (Step step = Examples.step(spec, 4)) {
            examples.into(step);
            step.train(4, 3);
            step.infer(4);
            MultiLayerNetwork stock = Dl4jNetwork.build(spec, step.parameters().toArray());
            float[] expected = stock.output(
                            Nd4j.createFromArray(examples.features()).reshape(Dl4jNetwork.inputShape(spec, 4)))
                    .dup('c')
                    .reshape(step.outputs().length())
                    .toFloatVector();
            assertThat(step.outputs().toArray()).isEqualTo(expected);
        }
    }

    @Test
    void trainGivesTheOutputsOfTrainingMode() {
        NetworkSpec spec = Networks.mlp(6, 5, 3);
        Examples examples = Examples.of(spec, 4, 1);
        try (Step step = Examples.step(spec, 4)) {
            MultiLayerNetwork stock = Dl4jNetwork.build(spec, step.parameters().toArray());
            examples.into(step);
            step.train(4, 3);
            float[] expected = stock.output(
                            Nd4j.createFromArray(examples.features()).reshape(4, 6), true)
                    .dup('c')
                    .reshape(12)
                    .toFloatVector();
            assertThat(step.outputs().toArray()).isEqualTo(expected);
        }
    }

    @Test
    void parametersAndGradientAreTheNetworksOwnMemory() {
        NetworkSpec spec = Networks.xor();
        try (ReferenceStep step = new ReferenceStep(spec, 4)) {
            step.parameters().set(5, new float[] {0.75f}, 0, 1);
            assertThat(step.network().params().getFloat(5)).isEqualTo(0.75f);
            step.network().gradients().putScalar(7, 3);
            assertThat(step.gradient().floats().get(7)).isEqualTo(3);
        }
    }

    @Test
    void runningStatisticsMoveByTheBiasedMomentsOfTheBatchAndHaveNoGradient() {
        NetworkSpec spec = new NetworkSpec(
                new Shape.Flat(1),
                List.of(new BatchNormalization("n", 0.9, 1e-3), Networks.dense(1, Simple.LINEAR)),
                Loss.MEAN_SQUARED_ERROR);
        try (Step step = Examples.step(spec, 4)) {
            step.features().set(new float[] {1, 2, 3, 6});
            step.train(4, 0);
            // mean 3, biased variance 3.5; running 0 and 1 move by a tenth.
            assertThat(step.parameters().floats().get(2)).isCloseTo(0.3f, within(1e-6f));
            assertThat(step.parameters().floats().get(3)).isCloseTo(0.9f + 0.35f, within(1e-6f));
            assertThat(step.gradient().floats().get(2)).isZero();
            assertThat(step.gradient().floats().get(3)).isZero();
        }
    }

    @Test
    void theGradientIsTheMeanOverTheBatch() {
        NetworkSpec spec =
                new NetworkSpec(new Shape.Flat(1), List.of(Networks.dense(1, Simple.LINEAR)), Loss.MEAN_SQUARED_ERROR);
        try (Step step = Examples.step(spec, 3)) {
            step.parameters().set(new float[] {2, 1});
            step.features().set(new float[] {1, 2, 3});
            step.targets().set(new float[] {3, 4, 4});
            step.train(3, 0);
            // errors 0, 1, 3: 2/3 Σ e·x, 2/3 Σ e.
            assertThat(step.gradient().floats().get(0)).isCloseTo(22 / 3f, within(1e-5f));
            assertThat(step.gradient().floats().get(1)).isCloseTo(8 / 3f, within(1e-5f));
        }
    }

    @Test
    void dropoutFollowsTheSeedAlone() {
        Examples examples = Examples.of(WITH_DROPOUT, 4, 1);
        try (Step step = Examples.step(WITH_DROPOUT, 4)) {
            examples.into(step);
            step.train(4, 3);
            float[] first = step.outputs().toArray();
            step.train(4, 4);
            assertThat(step.outputs().toArray()).isNotEqualTo(first);
            Nd4j.rand(3, 3).close();
            step.train(4, 3);
            assertThat(step.outputs().toArray()).isEqualTo(first);
        }
    }

    @Test
    void theRateOfDropoutIsTheFractionDropped() {
        NetworkSpec spec = new NetworkSpec(
                new Shape.Flat(1000),
                List.of(new Dropout("d", 0.2), Networks.dense(1, Simple.LINEAR)),
                Loss.MEAN_SQUARED_ERROR);
        try (Step step = Examples.step(spec, 1)) {
            float[] ones = new float[1000];
            Arrays.fill(ones, 1);
            step.features().set(ones);
            step.targets().set(new float[] {100});
            step.train(1, 9);
            long dropped = 0;
            for (int i = 0; i < 1000; i++) {
                dropped += step.gradient().floats().get(i) == 0 ? 1 : 0;
            }
            // 200 ± 3 standard deviations of √(1000 · 0.2 · 0.8).
            assertThat(dropped).isBetween(162L, 238L);
        }
    }

    @Test
    void otherNumbersOfExamplesAreRefused() {
        try (Step step = Examples.step(Networks.xor(), 4)) {
            assertThatThrownBy(() -> step.train(5, 0)).hasMessage("Cannot use a batch of 5 examples (expected 1 to 4)");
            assertThatThrownBy(() -> step.infer(0)).hasMessageContaining("batch of 0");
        }
        assertThatThrownBy(() -> new ReferenceStep(Networks.xor(), 0))
                .hasMessage("Cannot make a step for batches of 0 (expected at least 1)");
    }

    @Test
    void aLargeNetworkTrainsInSteadyMemory() {
        NetworkSpec spec = Networks.mlp(50, 64, 4);
        try (Step step = Examples.step(spec, 16)) {
            Examples.of(spec, 16, 1).into(step);
            for (int i = 0; i < 20; i++) {
                step.train(16, i);
                step.infer(16);
            }
            long before = org.bytedeco.javacpp.Pointer.totalBytes();
            for (int i = 0; i < 200; i++) {
                step.train(16, i);
                step.infer(16);
            }
            System.gc();
            assertThat(org.bytedeco.javacpp.Pointer.totalBytes() - before).isLessThan(5_000_000);
            for (ParameterBlock block : NetworkLayout.of(spec).blocks()) {
                assertThat(step.parameters().floats().get(block.offset())).isFinite();
            }
        }
    }
}
