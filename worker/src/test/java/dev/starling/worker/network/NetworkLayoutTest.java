package dev.starling.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Activation.Simple;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.dl4j.Dl4jNetwork;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class NetworkLayoutTest {
    private static final Map<Kind, String> DL4J_NAMES = Map.of(
            Kind.KERNEL, "W",
            Kind.BIAS, "b",
            Kind.GAMMA, "gamma",
            Kind.BETA, "beta",
            Kind.RUNNING_MEAN, "mean",
            Kind.RUNNING_VARIANCE, "var");

    static Stream<NetworkSpec> networks() {
        return Stream.of(
                Networks.xor(),
                Networks.mlp(5, 4, 3),
                Networks.fashionCnn(),
                Networks.smoothCnn(),
                Networks.smoothSeries());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void blocksLieWhereDl4jHasItsParameters(NetworkSpec spec) {
        NetworkLayout layout = NetworkLayout.of(spec);
        MultiLayerNetwork network = Dl4jNetwork.build(spec);
        assertThat(network.numParams()).isEqualTo(layout.total());
        for (int i = 0; i < layout.total(); i++) {
            network.params().putScalar(i, i);
        }
        for (ParameterBlock block : layout.blocks()) {
            INDArray parameter = network.getLayer(block.layer()).getParam(DL4J_NAMES.get(block.kind()));
            assertThat(parameter.length()).as(block.toString()).isEqualTo(block.length());
            assertThat(parameter.minNumber().intValue()).as(block.toString()).isEqualTo(block.offset());
            assertThat(parameter.maxNumber().intValue())
                    .as(block.toString())
                    .isEqualTo(block.offset() + block.length() - 1);
        }
    }

    @Test
    void aDenseKernelIsRowMajorByOutputs() {
        MultiLayerNetwork network = Dl4jNetwork.build(Networks.xor());
        for (int i = 0; i < 12; i++) {
            network.params().putScalar(i, i);
        }
        assertThat(network.getLayer(0).getParam("W").getInt(1, 3)).isEqualTo(3 * 2 + 1);
    }

    @Test
    void countsOfTheNotesNetworks() {
        NetworkLayout xor = NetworkLayout.of(Networks.xor());
        assertThat(xor.layers()).extracting(LayerLayout::parameters).containsExactly(12, 20, 5);
        assertThat(xor.total()).isEqualTo(37);
        assertThat(xor.nonTrainable()).isZero();
        NetworkLayout cnn = NetworkLayout.of(Networks.fashionCnn());
        assertThat(cnn.total()).isEqualTo(1_679_082);
        assertThat(cnn.nonTrainable()).isEqualTo(2 * (32 + 32 + 64 + 64 + 512));
    }

    @Test
    void blocksCoverTheVectorWithoutGaps() {
        int end = 0;
        NetworkLayout layout = NetworkLayout.of(Networks.smoothCnn());
        for (ParameterBlock block : layout.blocks()) {
            assertThat(block.offset()).isEqualTo(end);
            end += block.length();
        }
        assertThat(end).isEqualTo(layout.total());
    }

    @Test
    void shapesAreKeras() {
        assertThat(NetworkLayout.of(Networks.smoothCnn()).layers())
                .extracting(l -> l.output().dimensions())
                .containsExactly(
                        List.of(7, 6, 3),
                        List.of(7, 6, 3),
                        List.of(4, 3, 3),
                        List.of(3, 2, 4),
                        List.of(24),
                        List.of(3));
        assertThat(NetworkLayout.of(Networks.smoothSeries()).layers())
                .extracting(l -> l.output().dimensions())
                .containsExactly(List.of(5, 3), List.of(5, 3), List.of(4, 3), List.of(12), List.of(3));
    }

    @Test
    void fansAreKeras() {
        ParameterBlock kernel = NetworkLayout.of(Networks.smoothCnn()).blocks().get(1);
        assertThat(kernel.kind()).isEqualTo(Kind.KERNEL);
        assertThat(kernel.fanIn()).isEqualTo(3 * 3 * 2);
        assertThat(kernel.fanOut()).isEqualTo(3 * 3 * 3);
    }

    @Test
    void aLayerWithoutBiasHasNone() {
        Weights noBias = new Weights(Initializer.GLOROT_UNIFORM, Initializer.ZEROS, Penalty.NONE, false);
        NetworkSpec spec = new NetworkSpec(
                new Shape.Image(4, 4, 1),
                List.of(
                        new Conv2d("c", 2, 3, 3, 1, 1, Padding.SAME, Simple.RELU, noBias),
                        new Flatten("f"),
                        new Dense("d", 2, Simple.SOFTMAX, noBias)),
                Loss.CATEGORICAL_CROSSENTROPY);
        NetworkLayout layout = NetworkLayout.of(spec);
        assertThat(layout.total()).isEqualTo(18 + 64).isEqualTo((int)
                Dl4jNetwork.build(spec).numParams());
    }

    private static String problem(Shape input, Loss loss, LayerSpec... layers) {
        try {
            NetworkLayout.of(new NetworkSpec(input, List.of(layers), loss));
            throw new AssertionError("no problem found");
        } catch (InvalidInput invalid) {
            return invalid.getMessage();
        }
    }

    @Test
    void denseOnAnImageAsksForFlatten() {
        assertThat(problem(new Shape.Image(28, 28, 1), Loss.MEAN_SQUARED_ERROR, Networks.dense(3, Simple.LINEAR)))
                .isEqualTo(
                        "Cannot build layer dense_3 (dense): input of shape [28, 28, 1] (expected one axis: put a flatten layer before it)");
    }

    @Test
    void windowsLargerThanTheInputAreRefused() {
        assertThat(problem(
                        new Shape.Image(4, 9, 1),
                        Loss.MEAN_SQUARED_ERROR,
                        Networks.conv("c", 2, 5, 1, Padding.VALID, Simple.RELU)))
                .isEqualTo(
                        "Cannot build layer c (conv2d): input of shape [4, 9, 1] and a window of 5 (expected a window of at most 4, or padding: same)");
        assertThat(problem(
                        new Shape.Image(4, 4, 1),
                        Loss.MEAN_SQUARED_ERROR,
                        Networks.pool(Pooling.MAX, 6, 6, Padding.VALID)))
                .contains("pool_6 (maxPooling2d)", "[4, 4, 1]");
    }

    @Test
    void convolutionsWantTheirOwnNumberOfAxes() {
        assertThat(problem(
                        new Shape.Flat(9),
                        Loss.MEAN_SQUARED_ERROR,
                        Networks.conv("c", 2, 3, 1, Padding.SAME, Simple.RELU)))
                .contains("c (conv2d)", "[9]", "[height, width, channels]");
        assertThat(problem(
                        new Shape.Image(3, 3, 1),
                        Loss.MEAN_SQUARED_ERROR,
                        new Conv1d("c", 2, 3, 1, Padding.SAME, Simple.RELU, Weights.DEFAULT)))
                .contains("c (conv1d)", "[3, 3, 1]", "[length, channels]");
    }

    @Test
    void theLastLayerMustSuitItsLoss() {
        NetworkSpec image = new NetworkSpec(
                new Shape.Image(3, 3, 1),
                List.of(Networks.conv("c", 2, 3, 1, Padding.SAME, Simple.RELU)),
                Loss.CATEGORICAL_CROSSENTROPY);
        assertThatThrownBy(() -> NetworkLayout.of(image))
                .hasMessageContaining("c (conv2d)")
                .hasMessageContaining("[3, 3, 2]")
                .hasMessageContaining("expected one axis");
        assertThat(problem(new Shape.Flat(3), Loss.CATEGORICAL_CROSSENTROPY, Networks.dense(3, Simple.SIGMOID)))
                .contains("dense_3", "sigmoid", "expected softmax");
        assertThat(problem(new Shape.Flat(3), Loss.BINARY_CROSSENTROPY, Networks.dense(1, Simple.TANH)))
                .contains("dense_1", "tanh", "expected sigmoid");
    }

    @Test
    void whatDl4jHasWrongIsRefused() {
        assertThat(problem(new Shape.Flat(3), Loss.MEAN_SQUARED_ERROR, Networks.dense(3, Simple.THRESHOLD)))
                .contains("dense_3", "threshold", "expected perceptron and threshold together, or neither");
        assertThatThrownBy(() -> NetworkLayout.of(new NetworkSpec(
                        new Shape.Flat(3),
                        List.of(Networks.dense(2, Simple.THRESHOLD), Networks.dense(3, Simple.THRESHOLD)),
                        Loss.PERCEPTRON)))
                .hasMessageContaining("dense_2 (dense)")
                .hasMessageContaining("no derivative")
                .hasMessageContaining("expected one dense layer");
        assertThat(problem(
                        new Shape.Image(3, 3, 2),
                        Loss.MEAN_SQUARED_ERROR,
                        new Prelu("p", Initializer.ZEROS, List.of(1))))
                .contains("p (prelu)", "sharedAxes [1] on input of shape [3, 3, 2] (expected none, or [1, 2])");
        assertThat(problem(new Shape.Flat(3), Loss.POISSON, Networks.dense(3, Simple.LINEAR)))
                .contains("dense_3", "poisson", "softplus");
        assertThat(problem(
                        new Shape.Image(3, 3, 2),
                        Loss.MEAN_SQUARED_ERROR,
                        Networks.conv("c", 2, 3, 1, Padding.SAME, Simple.SOFTMAX),
                        new Flatten("f")))
                .contains("c (conv2d)", "softmax on shape [3, 3, 2]");
        assertThat(problem(
                        new Shape.Image(9, 9, 2),
                        Loss.MEAN_SQUARED_ERROR,
                        Networks.pool(Pooling.MAX, 1, 3, Padding.SAME),
                        new Flatten("f"),
                        Networks.dense(1, Simple.LINEAR)))
                .contains("stride 3", "at most the window's size");
    }

    @Test
    void severalProblemsComeAtOnce() {
        assertThatThrownBy(() -> NetworkLayout.of(new NetworkSpec(
                        new Shape.Flat(3),
                        List.of(new ActivationLayer("a", Simple.THRESHOLD)),
                        Loss.CATEGORICAL_CROSSENTROPY)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.problems()).hasSize(3));
    }

    @Test
    void moreValuesThanAVectorHoldsAreRefused() {
        assertThat(problem(
                        new Shape.Flat(100_000),
                        Loss.MEAN_SQUARED_ERROR,
                        Networks.dense(50_000, Simple.RELU),
                        Networks.dense(1, Simple.LINEAR)))
                .contains("dense_50000", "[100000]", "2147483647");
    }
}
