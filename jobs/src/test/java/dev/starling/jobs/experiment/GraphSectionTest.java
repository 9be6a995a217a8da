package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.network.Add;
import dev.starling.worker.network.Concatenate;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Wiring;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers with inputs, layers that join, and outputs, as the file writes them. */
class GraphSectionTest {
    private static NetworkSpec network(Given given) {
        return given.parse().network(new Shape.Flat(3));
    }

    @Test
    void inputsAndOutputsMakeAGraph() {
        NetworkSpec network = network(Given.small()
                .set(
                        "network.layers=[{dense: {name: a, units: 3}}, {dense: {name: b, units: 3, inputs: input}},"
                                + " {add: [a, b]}, {concatenate: {name: c, inputs: [add_1, input]}}, {dense: 1}, {dense: {name: d, units: 2, inputs: c}}]")
                .set("network.outputs=[dense_1, d]")
                .set("training.loss=[meanSquaredError, meanAbsoluteError]"));
        assertThat(network.layers().get(2)).isEqualTo(new Add("add_1"));
        assertThat(network.layers().get(3)).isEqualTo(new Concatenate("c"));
        assertThat(network.wiring().inputs())
                .containsOnlyKeys("b", "add_1", "c", "d")
                .containsEntry("b", List.of("input"))
                .containsEntry("c", List.of("add_1", "input"));
        assertThat(network.lossOf(0)).isEqualTo(Loss.MEAN_SQUARED_ERROR);
        assertThat(network.lossOf(1)).isEqualTo(Loss.MEAN_ABSOLUTE_ERROR);
        assertThat(NetworkLayout.of(network).outputSizes()).containsExactly(1, 2);
    }

    @Test
    void inputsThatSayWhatIsSoAnywayLeaveASequence() {
        NetworkSpec network = network(Given.small()
                .set(
                        "network.layers=[{dense: {name: a, units: 3, inputs: [input]}}, {dense: {name: b, units: 1, inputs: a}}]")
                .set("network.outputs=b"));
        assertThat(network.wiring()).isEqualTo(Wiring.SEQUENCE);
    }

    @Test
    void whatJoinsNeedsInputs() {
        assertThat(Given.small().set("network.layers=[{dense: 4}, add]").problems())
                .singleElement()
                .asString()
                .endsWith("network.layers[1].add.inputs: missing (expected a list of layers)");
    }

    @Test
    void lossesOfClassesBesideLossesOfNumbersAreRefused() {
        assertThat(Given.small()
                        .set("training.loss=[meanSquaredError, categoricalCrossentropy]")
                        .problems())
                .singleElement()
                .asString()
                .contains(
                        "training.loss: losses of classes beside losses of numbers (expected cross-entropies alone or none");
        assertThat(Given.small().set("training.loss=[meanSquaredError, mse]").problems())
                .singleElement()
                .asString()
                .contains("training.loss[1]: mse (expected");
    }
}
