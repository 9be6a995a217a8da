package dev.starling.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Weights;
import java.nio.FloatBuffer;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TargetCodingTest {
    private static final Target TWO = new Target.Classes(List.of("no", "yes"));
    private static final Target THREE = new Target.Classes(List.of("a", "b", "c"));
    private static final Target VALUES = new Target.Values(List.of("x", "y"), List.of(0.0, 0.0), List.of(1.0, 1.0));

    private static float[] write(TargetCoding coding, float... row) {
        float[] targets = new float[coding.outputs()];
        coding.write(FloatBuffer.wrap(row), 1, 2, FloatBuffer.wrap(targets), 0);
        return targets;
    }

    @Test
    void classesAreOneHotOrOneNumberForOneSigmoid() {
        assertThat(TargetCoding.of(THREE, Loss.CATEGORICAL_CROSSENTROPY, 3)).isEqualTo(new TargetCoding.OneHot(3));
        assertThat(TargetCoding.of(TWO, Loss.BINARY_CROSSENTROPY, 1)).isEqualTo(new TargetCoding.Single());
        assertThat(TargetCoding.of(TWO, Loss.CATEGORICAL_CROSSENTROPY, 2)).isEqualTo(new TargetCoding.OneHot(2));
        assertThat(TargetCoding.of(THREE, Loss.BINARY_CROSSENTROPY, 3)).isEqualTo(new TargetCoding.OneHot(3));
        assertThat(write(new TargetCoding.OneHot(3), 9, 7, 7, 2)).containsExactly(0, 0, 1);
        assertThat(write(new TargetCoding.Single(), 9, 7, 7, 1)).containsExactly(1);
    }

    @Test
    void numbersAreAsStoredAndTheInputIsCopied() {
        assertThat(TargetCoding.of(VALUES, Loss.MEAN_SQUARED_ERROR, 2)).isEqualTo(new TargetCoding.AsStored(2));
        assertThat(TargetCoding.of(new Target.Input(), Loss.MEAN_SQUARED_ERROR, 2))
                .isEqualTo(new TargetCoding.CopyFeatures(2));
        assertThat(write(new TargetCoding.AsStored(2), 9, 7, 8, 5, 6)).containsExactly(5, 6);
        assertThat(write(new TargetCoding.CopyFeatures(2), 9, 7, 8)).containsExactly(7, 8);
    }

    private static float[] smoothed(Target target, Loss loss, LabelSmoothing smoothing, int outputs, float stored) {
        Preparation preparation = new Preparation(
                new Shape.Flat(2),
                List.of(new Feature.Numeric("n", 0, 1, Double.NaN), new Feature.Numeric("m", 0, 1, Double.NaN)),
                target);
        Activation last = loss == Loss.BINARY_CROSSENTROPY ? Activation.Simple.SIGMOID : Activation.Simple.SOFTMAX;
        NetworkSpec network = new NetworkSpec(
                new Shape.Flat(2), List.of(new Dense("d", outputs, last, Weights.DEFAULT)), loss, smoothing);
        return write(TargetCoding.of(preparation, network, outputs), 9, 7, 7, stored);
    }

    /** Keras: t(1 − e) + e ÷ K; the notes: 1 − e, and e ÷ (K − 1) elsewhere. A binary cross-entropy has K = 2, also for several outputs. */
    @Test
    void smoothedLabelsAreKerassOrTheNotes() {
        LabelSmoothing keras = new LabelSmoothing.Everywhere(0.3);
        LabelSmoothing notes = new LabelSmoothing.Others(0.3);
        Offset<Float> rounding = Offset.offset(1e-7f);
        assertThat(smoothed(THREE, Loss.CATEGORICAL_CROSSENTROPY, keras, 3, 2))
                .containsExactly(new float[] {0.1f, 0.1f, 0.8f}, rounding);
        assertThat(smoothed(THREE, Loss.CATEGORICAL_CROSSENTROPY, notes, 3, 2))
                .containsExactly(new float[] {0.15f, 0.15f, 0.7f}, rounding);
        assertThat(smoothed(THREE, Loss.BINARY_CROSSENTROPY, keras, 3, 0))
                .containsExactly(new float[] {0.85f, 0.15f, 0.15f}, rounding);
        assertThat(smoothed(TWO, Loss.BINARY_CROSSENTROPY, keras, 1, 1)).containsExactly(new float[] {0.85f}, rounding);
        assertThat(smoothed(TWO, Loss.BINARY_CROSSENTROPY, notes, 1, 0)).containsExactly(new float[] {0.3f}, rounding);
    }

    @Test
    void smoothingThatLeavesTheTrueClassNoMoreThanOthersIsRefused() {
        assertThatThrownBy(() -> smoothed(TWO, Loss.BINARY_CROSSENTROPY, new LabelSmoothing.Others(0.5), 1, 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot smooth labels by 0.5 with binaryCrossentropy and 2 classes (expected a cross-entropy, and"
                                + " more left for the true class, which gets 0.5, than for another, which gets 0.5)");
    }

    @Test
    void namesBothNumbersWhereTheyDoNotFit() {
        assertThatThrownBy(() -> TargetCoding.of(THREE, Loss.CATEGORICAL_CROSSENTROPY, 10))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot train with categoricalCrossentropy: the last layer has 10 outputs and the target has 3 classes (expected 3 outputs)");
        assertThatThrownBy(() -> TargetCoding.of(THREE, Loss.BINARY_CROSSENTROPY, 1))
                .hasMessageContaining("expected 3 outputs");
        assertThatThrownBy(() -> TargetCoding.of(VALUES, Loss.MEAN_SQUARED_ERROR, 1))
                .hasMessageContaining("has 1 outputs and the data have 2 numeric targets");
        Preparation preparation = new Preparation(
                new Shape.Flat(1), List.of(new Feature.Numeric("n", 0, 1, Double.NaN)), new Target.Input());
        assertThatThrownBy(() -> TargetCoding.of(preparation, Loss.MEAN_SQUARED_ERROR, new Shape.Flat(2)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot train with meanSquaredError: the network gives values of shape [2] and the target is its input, of shape [1] (expected [1])");
    }

    @Test
    void anImageIsGivenBackInItsShapeOrAsOneRow() {
        Shape image = new Shape.Image(4, 4, 2);
        TargetCoding.requireFit(image, image, Loss.MEAN_SQUARED_ERROR, true);
        TargetCoding.requireFit(image, new Shape.Flat(32), Loss.BINARY_CROSSENTROPY, true);
        assertThatThrownBy(
                        () -> TargetCoding.requireFit(image, new Shape.Image(2, 4, 4), Loss.BINARY_CROSSENTROPY, true))
                .hasMessage(
                        "Cannot train with binaryCrossentropy: the network gives values of shape [2, 4, 4] and the target is its input, of shape [4, 4, 2] (expected [4, 4, 2], or [32])");
        assertThatThrownBy(() -> TargetCoding.requireFit(image, image, Loss.CATEGORICAL_CROSSENTROPY, true))
                .hasMessageContaining("the target is the input (expected binaryCrossentropy");
        assertThatThrownBy(() -> TargetCoding.requireFit(image, image, Loss.MEAN_SQUARED_ERROR, false))
                .hasMessageContaining("output of shape [4, 4, 2] (expected one axis");
    }
}
