package dev.starling.tests.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The same networks and data as a user of DL4J alone writes them. */
final class StockNetworks {
    private StockNetworks() {}

    static MultiLayerConfiguration of(Work work) {
        return work == Work.MLP ? dense(FashionMnist.PIXELS, 256, 256, FashionMnist.CLASSES) : convolutional();
    }

    /** ReLU, softmax with cross-entropy, Adam. */
    static MultiLayerConfiguration dense(int... sizes) {
        return dense(1e-3, sizes);
    }

    /** As {@link #dense(int...)}, by another learning rate. */
    static MultiLayerConfiguration dense(double learningRate, int... sizes) {
        NeuralNetConfiguration.ListBuilder layers = layers(new Adam(learningRate));
        for (int i = 1; i < sizes.length - 1; i++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(sizes[i - 1])
                    .nOut(sizes[i])
                    .activation(Activation.RELU)
                    .build());
        }
        return layers.layer(output(sizes[sizes.length - 1]))
                .setInputType(InputType.feedForward(sizes[0]))
                .build();
    }

    private static MultiLayerConfiguration convolutional() {
        NeuralNetConfiguration.ListBuilder layers = layers(new Nesterovs(0.01, 0.9));
        for (int filters : new int[] {32, 64}) {
            for (int i = 0; i < 2; i++) {
                layers.layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(filters)
                        .convolutionMode(ConvolutionMode.Same)
                        .activation(Activation.RELU)
                        .build());
                layers.layer(new BatchNormalization());
            }
            layers.layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build());
        }
        return layers.layer(new DenseLayer.Builder()
                        .nOut(512)
                        .activation(Activation.RELU)
                        .build())
                .layer(new BatchNormalization())
                .layer(new DropoutLayer(0.5))
                .layer(output(FashionMnist.CLASSES))
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build();
    }

    private static NeuralNetConfiguration.ListBuilder layers(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(42)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .updater(updater)
                .list();
    }

    private static OutputLayer output(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Batches in memory; rows beyond the last whole batch are left out. */
    static List<DataSet> batches(FashionMnist examples) {
        List<DataSet> batches = new ArrayList<>();
        for (int from = 0; from + Work.BATCH <= examples.examples(); from += Work.BATCH) {
            batches.add(new DataSet(
                    Nd4j.createFromArray(examples.features(from, Work.BATCH)).reshape(Work.BATCH, FashionMnist.PIXELS),
                    Nd4j.createFromArray(examples.targets(from, Work.BATCH))
                            .reshape(Work.BATCH, FashionMnist.CLASSES)));
        }
        return batches;
    }
}
