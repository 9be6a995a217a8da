package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.step.ReferenceStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every activation function in the planned step, in float, against the reference step and against the stored model. */
class ActivationKernelsTest {
    static List<Activation> activations() {
        List<Activation> all = new ArrayList<>(List.of(Activation.Simple.values()));
        all.remove(Activation.Simple.THRESHOLD);
        all.remove(Activation.Simple.SOFTMAX);
        all.add(new Activation.LeakyRelu(0.2));
        all.add(new Activation.Elu(0.3));
        all.add(new Activation.Elu(2));
        all.add(new Activation.RandomizedRelu(0.1, 0.6));
        return all;
    }

    @ParameterizedTest
    @MethodSource("activations")
    void gradientsAreTheReferencesAndOutputsTheStoredModels(Activation activation) throws Exception {
        for (NetworkSpec network : List.of(
                Networks.dense(activation, 20, 15, 4), Networks.convolutional(activation, Pooling.AVERAGE, 0))) {
            Trial trial = new Trial(network, 9, 5);
            try (PlannedStep step = trial.planned(9, LoopsChoice.create());
                    ReferenceStep reference = trial.reference()) {
                assertThat(new Comparison(trial).beyond(1e-4, trial.gradient(step)))
                        .isEmpty();
                assertThat(new Comparison(trial).beyond(1e-4, trial.gradient(reference)))
                        .isEmpty();
                trial.fill(step);
                trial.fill(reference);
                step.infer(9);
                reference.infer(9);
                float[] stored = Stored.outputs(trial);
                for (int i = 0; i < stored.length; i++) {
                    assertThat(step.outputs().floats().get(i)).isCloseTo(stored[i], within(1e-5f));
                    assertThat(reference.outputs().floats().get(i)).isCloseTo(stored[i], within(1e-5f));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossesGradientIsTheReferences(Loss loss) throws Unplannable {
        Activation last =
                switch (loss) {
                    case CATEGORICAL_CROSSENTROPY, KL_DIVERGENCE -> Activation.Simple.SOFTMAX;
                    case BINARY_CROSSENTROPY -> Activation.Simple.SIGMOID;
                    case POISSON, MEAN_SQUARED_LOGARITHMIC_ERROR -> Activation.Simple.SOFTPLUS;
                    case PERCEPTRON -> Activation.Simple.THRESHOLD;
                    default -> Activation.Simple.LINEAR;
                };
        Trial trial = new Trial(Networks.ending(last, loss, 12, 3), 17, 3);
        try (PlannedStep step = trial.planned(17, LoopsChoice.create())) {
            assertThat(new Comparison(trial).beyond(1e-5, trial.gradient(step))).isEmpty();
        }
    }

    static List<Loss> losses() {
        return List.of(Loss.values());
    }

    @ParameterizedTest
    @MethodSource("joined")
    void binaryCrossEntropyAndSquaredErrorGoBehindSoftmaxToo(Loss loss) throws Unplannable {
        Trial trial = new Trial(Networks.ending(Activation.Simple.SOFTMAX, loss, 12, 3), 17, 3);
        try (PlannedStep step = trial.planned(17, LoopsChoice.create())) {
            assertThat(new Comparison(trial).beyond(1e-5, trial.gradient(step))).isEmpty();
        }
    }

    static List<Loss> joined() {
        return List.of(Loss.BINARY_CROSSENTROPY, Loss.MEAN_SQUARED_ERROR);
    }
}
