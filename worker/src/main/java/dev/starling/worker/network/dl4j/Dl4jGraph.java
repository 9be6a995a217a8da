package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.Add;
import dev.starling.worker.network.Concatenate;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.Wiring;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that is no sequence, or has a concatenated ReLU, as a {@code ComputationGraph} of stock DL4J classes. Its vertices are told to DL4J in the layout's order, which is then written into the configuration, so that the flat vector
 * is the layout's wherever the model is opened (DL4J's own order is another).
 */
public final class Dl4jGraph {
    private final NetworkSpec spec;
    private final NetworkLayout layout;
    private final DataType type;
    private final ComputationGraphConfiguration.GraphBuilder builder;
    private final Set<String> names = new HashSet<>();
    private final List<String> order = new ArrayList<>();
    /** Per layer of the layout, the vertex that gives its output. */
    private final List<String> vertices = new ArrayList<>();

    private Dl4jGraph(NetworkSpec spec, NetworkLayout layout, DataType type) {
        this.spec = spec;
        this.layout = layout;
        this.type = type;
        this.builder = Dl4jNetwork.settings(layout, type).graphBuilder().addInputs(Wiring.INPUT);
        names.add(Wiring.INPUT);
        order.add(Wiring.INPUT);
        spec.layers().forEach(layer -> names.add(layer.name()));
    }

    /** All parameters are zero. */
    static ComputationGraph build(NetworkSpec spec, NetworkLayout layout, DataType type) {
        Dl4jGraph graph = new Dl4jGraph(spec, layout, type);
        ComputationGraph network = new ComputationGraph(graph.configuration());
        network.init(Nd4j.create(type, layout.total()), false);
        return network;
    }

    /**
     * All parameters are zero.
     *
     * @param type DOUBLE to check gradients
     * @throws dev.starling.worker.InvalidInput if layers cannot be joined so, or sizes do not fit
     */
    public static ComputationGraph build(NetworkSpec spec, DataType type) {
        return build(spec, NetworkLayout.of(spec), type);
    }

    private ComputationGraphConfiguration configuration() {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < layout.layers().size(); i++) {
            vertices.add(add(layout.layers().get(i), layout.ends().indexOf(i)));
        }
        layout.ends().forEach(end -> outputs.add(vertices.get(end)));
        ComputationGraphConfiguration configuration = builder.setOutputs(outputs.toArray(String[]::new))
                .validateOutputLayerConfig(false)
                .build();
        int[] numbers = new int[order.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        configuration.setTopologicalOrder(numbers);
        configuration.setTopologicalOrderStr(order);
        return configuration;
    }

    /**
     * Adds a layer and says which vertex gives its output.
     *
     * @param output its number among the network's outputs; −1 for none
     */
    private String add(LayerLayout layer, int output) {
        String[] inputs = layer.sources().stream()
                .map(source -> source < 0 ? Wiring.INPUT : vertices.get(source))
                .toArray(String[]::new);
        if (output < 0) {
            return inner(layer, inputs);
        }
        Loss loss = spec.lossOf(output);
        return Dl4jLayers.endsWithLoss(layer)
                ? layer(layer.spec().name(), Dl4jLayers.ending(layer, loss, type), inputs[0])
                : loss(layer, loss, inner(layer, inputs));
    }

    private String inner(LayerLayout layer, String... inputs) {
        LayerSpec kind = layer.spec();
        if (kind instanceof Flatten || kind instanceof Reshape) {
            return Dl4jNetwork.reshaping(layer.input(), layer.output())
                    .map(reshaping -> vertex(kind.name(), new PreprocessorVertex(reshaping), inputs))
                    .orElse(inputs[0]);
        }
        if (kind instanceof Add) {
            return vertex(kind.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs);
        }
        if (kind instanceof Concatenate) {
            return vertex(kind.name(), new MergeVertex(), inputs);
        }
        boolean concatenated = Dl4jLayers.isConcatenated(kind);
        if (kind instanceof ActivationLayer) {
            return concatenated
                    ? bothWays(kind.name(), inputs[0])
                    : layer(kind.name(), Dl4jLayers.inner(layer), scaled(kind.name() + "_copy", 1, inputs[0]));
        }
        String values = layer(kind.name(), Dl4jLayers.inner(layer), inputs[0]);
        return concatenated ? bothWays(unused(kind.name() + "_crelu"), values) : values;
    }

    /** A concatenated ReLU: relu(x), then relu(−x), by channels. */
    private String bothWays(String name, String input) {
        return vertex(name, new MergeVertex(), rectified(name + "_up", 1, input), rectified(name + "_down", -1, input));
    }

    private String rectified(String name, double factor, String input) {
        Layer relu = new org.deeplearning4j.nn.conf.layers.ActivationLayer.Builder()
                .activation(Dl4jFunctions.activation(Activation.Simple.RELU))
                .build();
        return layer(unused(name), relu, scaled(name + "_scaled", factor, input));
    }

    /** An array of its own even where the factor is 1: DL4J's activation layer overwrites its input at inference, which others may read too. */
    private String scaled(String name, double factor, String input) {
        return vertex(unused(name), new ScaleVertex(factor), input);
    }

    private String layer(String name, Layer layer, String input) {
        order.add(name);
        builder.addLayer(name, layer, input);
        return name;
    }

    private String vertex(String name, GraphVertex vertex, String... inputs) {
        order.add(name);
        builder.addVertex(name, vertex, inputs);
        return name;
    }

    private String loss(LayerLayout layer, Loss loss, String input) {
        Shape flat = new Shape.Flat(layer.output().size());
        String rows = Dl4jNetwork.reshaping(layer.output(), flat)
                .map(flattening -> vertex(unused("rows"), new PreprocessorVertex(flattening), input))
                .orElse(input);
        return layer(unused("loss"), Dl4jLayers.loss(layer.output(), loss, type), rows);
    }

    private String unused(String wanted) {
        String name = wanted;
        while (!names.add(name)) {
            name += "_";
        }
        return name;
    }
}
