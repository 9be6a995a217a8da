package dev.starling.worker.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation.Simple;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Networks;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.network.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Dl4jNetworkTest {
    static Stream<NetworkSpec> networks() {
        return Stream.of(
                Networks.xor(),
                new NetworkSpec(
                        new Shape.Flat(3), List.of(Networks.dense(4, Simple.SIGMOID)), Loss.BINARY_CROSSENTROPY),
                Networks.mlp(3, 4, 2),
                Networks.smoothCnn(),
                Networks.smoothSeries());
    }

    private static float[] parameters(NetworkSpec spec) {
        NetworkLayout layout = NetworkLayout.of(spec);
        FlatVector vector = FlatVector.allocate(layout.total());
        ParameterInitializer.initialize(layout, 4, vector);
        return vector.toArray();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void whatIsWrittenIsReadByStockDl4jAndPredictsTheSame(NetworkSpec spec) throws IOException {
        MultiLayerNetwork network = Dl4jNetwork.build(spec, parameters(spec));
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, zip, true);
        MultiLayerNetwork restored =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip.toByteArray()), true);
        INDArray features = Nd4j.rand(Dl4jNetwork.inputShape(spec, 3));
        assertThat(restored.params()).isEqualTo(network.params());
        assertThat(restored.output(features)).isEqualTo(network.output(features));
        assertThat(restored.getLayerWiseConfigurations().toJson())
                .isEqualTo(network.getLayerWiseConfigurations().toJson())
                .doesNotContain("starling");
    }

    @Test
    void parametersAreCopiedInTheOrderOfTheLayout() {
        NetworkSpec spec = Networks.mlp(3, 4, 2);
        float[] parameters = parameters(spec);
        MultiLayerNetwork network = Dl4jNetwork.build(spec, parameters);
        assertThat(network.params().toFloatVector()).isEqualTo(parameters);
        assertThat(Dl4jMemory.of(network.params()).toArray()).isEqualTo(parameters);
    }

    @Test
    void anotherNumberOfParametersIsRefused() {
        assertThatThrownBy(() -> Dl4jNetwork.build(Networks.xor(), new float[3]))
                .hasMessage("Cannot build network: 3 parameters (expected 37)");
    }

    @Test
    void memoryOfAViewIsTheViews() {
        INDArray array = Nd4j.arange(12).castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);
        INDArray view = array.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(3, 7));
        assertThat(Dl4jMemory.of(view).toArray()).containsExactly(3, 4, 5, 6);
    }

    @Test
    void aSequenceIsAnImageOfWidthOne() {
        assertThat(Dl4jNetwork.inputShape(Networks.smoothSeries(), 7)).containsExactly(7, 2, 9, 1);
        assertThat(Dl4jNetwork.inputShape(Networks.smoothCnn(), 7)).containsExactly(7, 2, 7, 6);
        assertThat(Dl4jNetwork.inputShape(Networks.xor(), 7)).containsExactly(7, 2);
    }
}
