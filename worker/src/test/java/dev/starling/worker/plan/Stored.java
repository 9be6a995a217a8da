package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.network.dl4j.Dl4jNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A trial's network as it is stored. */
final class Stored {
    private Stored() {}

    /** What stock DL4J predicts after reading it, rows × outputs. */
    static float[] outputs(Trial trial) throws IOException {
        Model written = Dl4jNetwork.model(trial.network, trial.parameters);
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        ModelSerializer.writeModel(written, zip, false);
        ByteArrayInputStream in = new ByteArrayInputStream(zip.toByteArray());
        INDArray features =
                Nd4j.createFromArray(trial.features).reshape(Dl4jNetwork.inputShape(trial.network, trial.rows));
        if (written instanceof ComputationGraph) {
            ComputationGraph read = ModelSerializer.restoreComputationGraph(in);
            assertThat(read.getConfiguration().toJson()).doesNotContain("starling");
            return read.output(features)[0].dup('c').data().asFloat();
        }
        MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(in);
        assertThat(read.getLayerWiseConfigurations().toJson()).doesNotContain("starling");
        return read.output(features).dup('c').data().asFloat();
    }
}
