package dev.starling.worker.dl4j;

import dev.starling.worker.InvalidInput;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network on its way to replicas: configuration (with its counts of iterations and epochs), parameters and updater state. To be serialized by Java; a replica opens the copy that it
 * deserialized for itself, since the configuration counts iterations as the replica trains.
 */
public sealed interface NetworkCopy extends Serializable {
    /** @param updaterState as DL4J lays it out; empty for an updater without state */
    record Layers(MultiLayerConfiguration configuration, float[] parameters, float[] updaterState)
            implements NetworkCopy {}

    /** @param updaterState likewise */
    record Graph(ComputationGraphConfiguration configuration, float[] parameters, float[] updaterState)
            implements NetworkCopy {}

    float[] parameters();

    float[] updaterState();

    /** @throws InvalidInput if its numbers are not floats, or it has none */
    static NetworkCopy of(MultiLayerNetwork network) {
        float[] parameters = parameters(network.params());
        return new Layers(
                network.getLayerWiseConfigurations(),
                parameters,
                state(network.getUpdater().getStateViewArray()));
    }

    /** @throws InvalidInput if its numbers are not floats, or it has none */
    static NetworkCopy of(ComputationGraph network) {
        float[] parameters = parameters(network.params());
        return new Graph(
                network.getConfiguration(),
                parameters,
                state(network.getUpdater().getStateViewArray()));
    }

    private static float[] parameters(INDArray parameters) {
        if (parameters == null || parameters.length() == 0) {
            throw new InvalidInput("Cannot train a network without parameters (expected a layer that learns)");
        }
        if (parameters.dataType() != DataType.FLOAT) {
            throw new InvalidInput("Cannot train a network of " + parameters.dataType()
                    + " (expected dataType(DataType.FLOAT) in its configuration: replicas average floats)");
        }
        return parameters.toFloatVector();
    }

    private static float[] state(INDArray state) {
        return state == null ? new float[0] : state.toFloatVector();
    }
}
