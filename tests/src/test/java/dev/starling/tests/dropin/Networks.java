package dev.starling.tests.dropin;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks for {@link Waves}. */
final class Networks {
    private static final long SEED = 12;

    private Networks() {}

    private static NeuralNetConfiguration.Builder start(IUpdater updater) {
        return new NeuralNetConfiguration.Builder().seed(SEED).updater(updater).activation(Activation.TANH);
    }

    private static DenseLayer dense(int in, int out) {
        return new DenseLayer.Builder().nIn(in).nOut(out).build();
    }

    private static OutputLayer output(int in) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(in)
                .nOut(Waves.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static MultiLayerConfiguration layers(IUpdater updater) {
        return start(updater)
                .list()
                .layer(dense(Waves.FEATURES, 8))
                .layer(output(8))
                .build();
    }

    static MultiLayerConfiguration normalized(IUpdater updater, boolean logarithm) {
        return start(updater)
                .list()
                .layer(dense(Waves.FEATURES, 8))
                .layer(new BatchNormalization.Builder()
                        .nIn(8)
                        .nOut(8)
                        .useLogStd(logarithm)
                        .build())
                .layer(output(8))
                .build();
    }

    /** Two branches that meet again. */
    static ComputationGraphConfiguration graph(IUpdater updater) {
        return start(updater)
                .graphBuilder()
                .addInputs("waves")
                .addLayer("left", dense(Waves.FEATURES, 5), "waves")
                .addLayer("right", dense(Waves.FEATURES, 4), "waves")
                .addVertex("both", new MergeVertex(), "left", "right")
                .addLayer("kind", output(9), "both")
                .setOutputs("kind")
                .build();
    }

    /** Two inputs and two outputs. */
    static ComputationGraphConfiguration twice(IUpdater updater) {
        return start(updater)
                .graphBuilder()
                .addInputs("one", "other")
                .addLayer("first", dense(Waves.FEATURES, 5), "one")
                .addLayer("second", dense(Waves.FEATURES, 4), "other")
                .addVertex("both", new MergeVertex(), "first", "second")
                .addLayer("kind", output(9), "both")
                .addLayer("again", output(4), "second")
                .setOutputs("kind", "again")
                .build();
    }
}
