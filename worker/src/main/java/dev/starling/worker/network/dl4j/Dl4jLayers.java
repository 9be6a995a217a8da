package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.UpSampling2d;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;

/** Each layer of a spec as DL4J's configuration of it. All sizes are given, none left to DL4J's inference. */
final class Dl4jLayers {
    private Dl4jLayers() {}

    /** Whether the layer itself can hold the loss; after others, and where the output is an image, a layer for the loss alone follows. */
    static boolean endsWithLoss(LayerLayout layer) {
        boolean able = layer.spec() instanceof Dense || layer.spec() instanceof ActivationLayer;
        return able && layer.output() instanceof Shape.Flat && !isConcatenated(layer.spec());
    }

    /** Whether vertices follow that make a concatenated ReLU of what the layer gives. */
    static boolean isConcatenated(LayerSpec layer) {
        return layer.nonlinearity().equals(Optional.of(Activation.Simple.CRELU));
    }

    /** A layer at the end of the network. */
    static Layer ending(LayerLayout layer, Loss loss, DataType type) {
        LayerSpec spec = layer.spec();
        if (spec instanceof Dense dense) {
            return new OutputLayer.Builder(Dl4jFunctions.loss(loss, dense.units(), type))
                    .name(dense.name())
                    .nIn(layer.input().size())
                    .nOut(dense.units())
                    .activation(Dl4jFunctions.activation(dense.activation()))
                    .hasBias(dense.weights().useBias())
                    .build();
        }
        if (spec instanceof ActivationLayer activation) {
            return new LossLayer.Builder(Dl4jFunctions.loss(loss, layer.output().size(), type))
                    .name(activation.name())
                    .activation(Dl4jFunctions.activation(activation.function()))
                    .build();
        }
        return inner(layer);
    }

    /** The loss alone, after a layer that cannot hold it. */
    static Layer loss(Shape output, Loss loss, DataType type) {
        return new LossLayer.Builder(Dl4jFunctions.loss(loss, output.size(), type))
                .name("loss")
                .activation(new ActivationIdentity())
                .build();
    }

    static Layer inner(LayerLayout layer) {
        LayerSpec spec = layer.spec();
        if (spec instanceof Dense dense) {
            return new DenseLayer.Builder()
                    .name(dense.name())
                    .nIn(layer.input().size())
                    .nOut(dense.units())
                    .activation(Dl4jFunctions.activation(dense.activation()))
                    .hasBias(dense.weights().useBias())
                    .build();
        }
        if (spec instanceof Conv1d convolution) {
            return convolution(convolution.asConv2d(), layer.input().channels());
        }
        if (spec instanceof Conv2d convolution) {
            return convolution(convolution, layer.input().channels());
        }
        if (spec instanceof Pooling1d pooling) {
            return pooling(pooling.asPooling2d());
        }
        if (spec instanceof Pooling2d pooling) {
            return pooling(pooling);
        }
        return withoutKernel(layer);
    }

    private static Layer withoutKernel(LayerLayout layer) {
        LayerSpec spec = layer.spec();
        if (spec instanceof BatchNormalization norm) {
            int n = layer.input().channels();
            // Means and variances of replicas can be pooled; DL4J's default, log10 of the deviation, cannot.
            org.deeplearning4j.nn.conf.layers.BatchNormalization stock =
                    new org.deeplearning4j.nn.conf.layers.BatchNormalization.Builder()
                            .name(norm.name())
                            .nIn(n)
                            .nOut(n)
                            .decay(norm.momentum())
                            .eps(norm.epsilon())
                            .useLogStd(false)
                            .build();
            return layer.isFrozen() ? new FrozenNormalization(stock) : stock;
        }
        if (spec instanceof Dropout dropout) {
            // DL4J's argument is the probability to retain.
            return new DropoutLayer.Builder(1 - dropout.rate())
                    .name(dropout.name())
                    .build();
        }
        if (spec instanceof ActivationLayer activation) {
            return new org.deeplearning4j.nn.conf.layers.ActivationLayer.Builder()
                    .name(activation.name())
                    .activation(Dl4jFunctions.activation(activation.function()))
                    .build();
        }
        if (spec instanceof UpSampling2d up) {
            return new Upsampling2D.Builder(1)
                    .size(new int[] {up.height(), up.width()})
                    .name(up.name())
                    .build();
        }
        return Dl4jPlainLayers.of(layer);
    }

    private static Layer convolution(Conv2d spec, int channels) {
        return new ConvolutionLayer.Builder(spec.kernelHeight(), spec.kernelWidth())
                .name(spec.name())
                .nIn(channels)
                .nOut(spec.filters())
                .stride(spec.strideHeight(), spec.strideWidth())
                .convolutionMode(mode(spec.padding()))
                .activation(Dl4jFunctions.activation(spec.activation()))
                .hasBias(spec.weights().useBias())
                .build();
    }

    private static Layer pooling(Pooling2d spec) {
        SubsamplingLayer.PoolingType kind =
                spec.kind() == Pooling.MAX ? SubsamplingLayer.PoolingType.MAX : SubsamplingLayer.PoolingType.AVG;
        return new SubsamplingLayer.Builder(kind)
                .name(spec.name())
                .kernelSize(spec.poolHeight(), spec.poolWidth())
                .stride(spec.strideHeight(), spec.strideWidth())
                .convolutionMode(mode(spec.padding()))
                .build();
    }

    private static ConvolutionMode mode(Padding padding) {
        return padding == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }
}
