package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Dense;
import dev.starling.worker.network.NetworkLayout;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Rosenblatt's perceptron as stock DL4J can read it, which has no threshold: weighted sums are made so large that a ReLU with the ceiling 1 is at one of its ends. For inference; it cannot be trained so. */
final class PerceptronGraph {
    /** Sums from its inverse on are told from 0. */
    private static final double STEEP = 1e30;

    private PerceptronGraph() {}

    /** All parameters are zero; in the order of the layout, kernel, then bias. */
    static ComputationGraph build(NetworkLayout layout) {
        Dense unit = (Dense) layout.layers().get(0).spec();
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .updater(new Sgd(0.01))
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        unit.name(),
                        new DenseLayer.Builder()
                                .nIn(layout.input().size())
                                .nOut(unit.units())
                                .activation(new ActivationIdentity())
                                .hasBias(unit.weights().useBias())
                                .build(),
                        "input")
                .addVertex("steep sum", new ScaleVertex(STEEP), unit.name())
                .addLayer(
                        "threshold answer",
                        new LossLayer.Builder(new LossMSE())
                                .activation(new ActivationReLU(1.0, null, null))
                                .build(),
                        "steep sum")
                .setOutputs("threshold answer")
                .validateOutputLayerConfig(false)
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init(Nd4j.create(DataType.FLOAT, layout.total()), false);
        return graph;
    }
}
