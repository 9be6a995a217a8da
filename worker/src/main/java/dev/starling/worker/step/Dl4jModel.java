package dev.starling.worker.step;

import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.dl4j.Dl4jNetwork;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network of DL4J as the reference step uses it: a sequence or a graph. */
sealed interface Dl4jModel {
    static Dl4jModel of(NetworkSpec spec) {
        Model model = Dl4jNetwork.model(spec);
        return model instanceof ComputationGraph graph ? new Graph(graph) : new Sequence((MultiLayerNetwork) model);
    }

    /** DL4J's own object. */
    Model network();

    default INDArray params() {
        return network().params();
    }

    default INDArray gradients() {
        return network().getGradientsViewArray();
    }

    org.deeplearning4j.nn.api.Layer[] layers();

    /** The configurations of the layers that hold the losses of the outputs, which may be changed. */
    List<Layer> lossLayers();

    /**
     * Forward and backward, as in training.
     *
     * @param targets of each output
     */
    void differentiate(INDArray features, INDArray... targets);

    /** What each output gives, as in inference. */
    INDArray[] output(INDArray features);

    default void clear() {
        network().clear();
    }

    record Sequence(MultiLayerNetwork network) implements Dl4jModel {
        public Sequence {
            network.initGradientsView();
        }

        @Override
        public org.deeplearning4j.nn.api.Layer[] layers() {
            return network.getLayers();
        }

        @Override
        public List<Layer> lossLayers() {
            return List.of(network.getOutputLayer().conf().getLayer());
        }

        @Override
        public void differentiate(INDArray features, INDArray... targets) {
            network.setInput(features);
            network.setLabels(targets[0]);
            network.computeGradientAndScore();
            network.clearLayersStates();
        }

        @Override
        public INDArray[] output(INDArray features) {
            return new INDArray[] {network.output(features, false)};
        }
    }

    record Graph(ComputationGraph network) implements Dl4jModel {
        public Graph {
            network.initGradientsView();
        }

        @Override
        public org.deeplearning4j.nn.api.Layer[] layers() {
            return network.getLayers();
        }

        @Override
        public List<Layer> lossLayers() {
            return IntStream.range(0, network.getNumOutputArrays())
                    .mapToObj(i -> network.getOutputLayer(i).conf().getLayer())
                    .toList();
        }

        @Override
        public void differentiate(INDArray features, INDArray... targets) {
            network.setInputs(features);
            network.setLabels(targets);
            network.computeGradientAndScore();
            network.clearLayersStates();
        }

        @Override
        public INDArray[] output(INDArray features) {
            return network.output(false, features);
        }
    }
}
