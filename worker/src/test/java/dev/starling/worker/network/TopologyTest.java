package dev.starling.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Activation.Simple;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static Dense dense(String name, int units) {
        return new Dense(name, units, Simple.LINEAR, Weights.DEFAULT);
    }

    private static NetworkSpec graph(Map<String, List<String>> inputs, List<String> outputs, LayerSpec... layers) {
        return new NetworkSpec(new Shape.Flat(3), List.of(layers), Wiring.of(inputs, outputs), Loss.MEAN_SQUARED_ERROR);
    }

    private static List<String> names(NetworkLayout layout) {
        return layout.layers().stream().map(layer -> layer.spec().name()).toList();
    }

    private static void refused(NetworkSpec spec, String... problems) {
        assertThatThrownBy(() -> NetworkLayout.of(spec))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.problems()).containsExactly(problems));
    }

    @Test
    void aListInOrderStaysInItsOrder() {
        NetworkLayout layout = NetworkLayout.of(Graphs.branches());
        assertThat(names(layout)).containsExactly("stem", "a", "norm", "squash", "sum", "wide", "pool", "flat", "last");
        assertThat(layout.layers().get(5).sources()).containsExactly(4, 0, -1);
        assertThat(layout.layers().get(5).output()).isEqualTo(new Shape.Image(6, 5, 18));
        assertThat(layout.output()).isEqualTo(new Shape.Flat(2));
    }

    @Test
    void aLayerComesBehindWhatItReads() {
        NetworkLayout layout = NetworkLayout.of(Graphs.backwards());
        assertThat(names(layout)).containsExactly("c1", "flat1", "c2", "flat2", "both", "last");
        assertThat(layout.blocks().get(0).layer()).isEqualTo("c1");
        assertThat(layout.ends()).containsExactly(5);
    }

    @Test
    void aCircleIsNamed() {
        refused(
                graph(
                        Map.of("a", List.of("c"), "b", List.of("a"), "c", List.of("b"), "d", List.of("c")),
                        List.of(),
                        dense("a", 3),
                        dense("b", 3),
                        dense("c", 3),
                        dense("d", 3)),
                "Cannot build network: layers read each other in a circle: a → b → c → a (expected none that reads what comes of itself)");
    }

    @Test
    void unknownInputsAndOutputsAreToldWithTheNearest() {
        refused(
                graph(
                        Map.of("b", List.of("hiden")),
                        List.of("lost"),
                        dense("hidden", 3),
                        dense("b", 3),
                        dense("last", 3)),
                "Cannot build layer b (dense): it reads hiden, and there is no such layer (did you mean hidden?)",
                "Cannot build network: its output lost is no layer (did you mean last?)");
    }

    @Test
    void aLayerThatNothingReadsIsTold() {
        refused(
                graph(Map.of("b", List.of("input")), List.of(), dense("a", 3), dense("b", 3)),
                "Cannot build layer a (dense): nothing reads it (expected it among another layer's inputs, or in network.outputs)");
    }

    @Test
    void howManyALayerReadsMustSuitIt() {
        refused(
                graph(
                        Map.of("b", List.of("a", "input"), "sum", List.of("b"), "twice", List.of("sum", "sum")),
                        List.of(),
                        dense("a", 3),
                        dense("b", 3),
                        new Add("sum"),
                        new Add("twice")),
                "Cannot build layer b (dense): it reads 2 layers (expected one: add or concatenate joins several)",
                "Cannot build layer sum (add): it reads 1 layer (expected at least two inputs)",
                "Cannot build layer twice (add): it reads sum twice (expected each once)");
    }

    @Test
    void shapesThatCannotBeJoinedAreTold() {
        refused(
                graph(
                        Map.of("b", List.of("input"), "sum", List.of("a", "b")),
                        List.of(),
                        dense("a", 3),
                        dense("b", 4),
                        new Add("sum")),
                "Cannot build layer sum (add): inputs of shapes [3] and [4] (expected the same shape of all)");
        NetworkSpec uneven = new NetworkSpec(
                new Shape.Image(4, 4, 1),
                List.of(
                        new Pooling2d("p", Pooling.MAX, 2, 2, 2, 2, Padding.VALID),
                        new Concatenate("both"),
                        new Flatten("f"),
                        dense("last", 1)),
                Wiring.of(Map.of("both", List.of("p", "input")), List.of()),
                Loss.MEAN_SQUARED_ERROR);
        refused(
                uneven,
                "Cannot build layer both (concatenate): inputs of shapes [2, 2, 1] and [4, 4, 1] (expected shapes that differ in the last axis alone)");
    }

    @Test
    void anOutputThatOthersReadAndALayerCalledInputAreTold() {
        refused(
                graph(Map.of(), List.of("a", "b"), dense("a", 3), dense("b", 3)),
                "Cannot build layer a (dense): it is an output, and other layers read it (expected an output that nothing reads)");
        refused(
                graph(Map.of("b", List.of("a")), List.of("b"), dense("a", 3), dense("input", 3), dense("b", 3)),
                "Cannot build layer input (dense): its name is that of the network's input (expected another)");
    }

    @Test
    void outputsStandOneAfterTheOther() {
        NetworkLayout layout = NetworkLayout.of(Graphs.twoOutputs());
        assertThat(layout.outputSizes()).containsExactly(2, 1);
        assertThat(layout.output()).isEqualTo(new Shape.Flat(3));
        NetworkSpec two = Graphs.twoOutputs();
        refused(
                new NetworkSpec(
                        two.input(),
                        two.layers(),
                        two.wiring().with(java.util.Collections.nCopies(3, Loss.MEAN_SQUARED_ERROR)),
                        two.loss()),
                "Cannot build network: it has 2 outputs and 3 losses (expected one for all, or as many)");
    }

    @Test
    void theSummaryOfAGraphSaysWhatIsConnectedToWhat() {
        assertThat(Summary.of(Graphs.residual()).lines())
                .anySatisfy(line -> assertThat(line).matches("Layer \\(type\\) .*Trainable +Connected to"))
                .anySatisfy(line -> assertThat(line).matches("sum \\(add\\) +\\(None, 5\\) +0 +- +left, right, first"))
                .anySatisfy(line -> assertThat(line).matches("all \\(concatenate\\) +\\(None, 9\\) +0 +- +sum, input"))
                .contains("Total params: 115");
    }

    @Test
    void theWayToALayerIsANetworkOfItsOwn() {
        SubNetwork part = SubNetwork.upTo(Graphs.branches(), "squash");
        assertThat(part.network().layers().stream().map(LayerSpec::name).toList())
                .containsExactly("stem", "squash", "values");
        assertThat(part.output()).isEqualTo(new Shape.Image(6, 5, 8));
        NetworkLayout layout = NetworkLayout.of(part.network());
        assertThat(layout.total()).isEqualTo(8 * 2 * 9 + 8);
        float[] whole = new float[NetworkLayout.of(Graphs.branches()).total()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = i;
        }
        assertThat(part.parameters(whole)).hasSize(layout.total()).startsWith(0f, 1f);
        SubNetwork last = SubNetwork.upTo(Graphs.residual(), "right");
        assertThat(last.parameters(new float[115])).hasSize(25 + 30);
        assertThatThrownBy(() -> SubNetwork.upTo(Graphs.residual(), "rigth"))
                .hasMessageContaining("did you mean right?")
                .hasMessageContaining("first, left, right");
    }
}
