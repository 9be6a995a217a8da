package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Padding;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Pooling;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Weights;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** One layer of a DL4J configuration as a spec, the way back of {@link Dl4jLayers}. */
final class Dl4jLayerSpecs {
    private Dl4jLayerSpecs() {}

    /** What it looks like; whether there is more to it, {@link #requireAlike} tells. */
    static LayerSpec of(String name, Layer layer) throws Untranslatable {
        if (layer instanceof DenseLayer dense) {
            return dense(name, dense.getNOut(), dense.getActivationFn(), dense.isHasBias());
        }
        if (layer instanceof OutputLayer output) {
            return dense(name, output.getNOut(), output.getActivationFn(), output.isHasBias());
        }
        if (layer instanceof LossLayer loss) {
            return new dev.starling.worker.network.ActivationLayer(name, activation(loss.getActivationFn()));
        }
        if (layer instanceof ActivationLayer activation) {
            return new dev.starling.worker.network.ActivationLayer(name, activation(activation.getActivationFn()));
        }
        if (layer instanceof ConvolutionLayer convolution) {
            return convolution(name, convolution);
        }
        if (layer instanceof SubsamplingLayer pooling) {
            return pooling(name, pooling);
        }
        if (layer instanceof BatchNormalization norm) {
            return new dev.starling.worker.network.BatchNormalization(name, norm.getDecay(), norm.getEps());
        }
        if (layer instanceof DropoutLayer && layer.getIDropout() instanceof Dropout dropout) {
            return new dev.starling.worker.network.Dropout(name, 1 - dropout.getP());
        }
        throw new Untranslatable("a layer " + Dl4jTranslation.named(layer));
    }

    private static LayerSpec dense(String name, long units, IActivation activation, boolean bias)
            throws Untranslatable {
        return new Dense(name, Math.toIntExact(units), activation(activation), weights(bias));
    }

    private static Weights weights(boolean bias) {
        return new Weights(Initializer.GLOROT_UNIFORM, Initializer.ZEROS, Penalty.NONE, bias);
    }

    private static LayerSpec convolution(String name, ConvolutionLayer layer) throws Untranslatable {
        return new Conv2d(
                name,
                Math.toIntExact(layer.getNOut()),
                layer.getKernelSize()[0],
                layer.getKernelSize()[1],
                layer.getStride()[0],
                layer.getStride()[1],
                padding(layer.getConvolutionMode()),
                activation(layer.getActivationFn()),
                weights(layer.isHasBias()));
    }

    private static LayerSpec pooling(String name, SubsamplingLayer layer) throws Untranslatable {
        if (layer.getPoolingType() != PoolingType.MAX && layer.getPoolingType() != PoolingType.AVG) {
            throw new Untranslatable("pooling " + layer.getPoolingType());
        }
        return new Pooling2d(
                name,
                layer.getPoolingType() == PoolingType.MAX ? Pooling.MAX : Pooling.AVERAGE,
                layer.getKernelSize()[0],
                layer.getKernelSize()[1],
                layer.getStride()[0],
                layer.getStride()[1],
                padding(layer.getConvolutionMode()));
    }

    private static Padding padding(ConvolutionMode mode) {
        return mode == ConvolutionMode.Same ? Padding.SAME : Padding.VALID;
    }

    private static Activation activation(IActivation function) throws Untranslatable {
        if (function instanceof ActivationLReLU leaky) {
            return new Activation.LeakyRelu(leaky.getAlpha());
        }
        if (function instanceof ActivationELU elu) {
            return new Activation.Elu(elu.getAlpha());
        }
        for (Activation.Simple simple : SIMPLE) {
            if (Dl4jFunctions.activation(simple).getClass() == function.getClass()) {
                return simple;
            }
        }
        throw new Untranslatable("the activation " + Dl4jTranslation.named(function));
    }

    private static final List<Activation.Simple> SIMPLE = List.of(Activation.Simple.values());

    /** @throws Untranslatable if the layers differ in anything that forward and backward depend on */
    static void requireAlike(Layer layer, Layer back) throws Untranslatable {
        if (!bare(layer).equals(bare(back))) {
            throw new Untranslatable(
                    "a setting of the layer " + Dl4jTranslation.named(layer) + " without a word here: " + bare(layer));
        }
    }

    /** Without name, updaters, penalties, first values, and what only cuDNN reads. */
    private static Layer bare(Layer layer) throws Untranslatable {
        Layer bare = layer.clone();
        bare.setLayerName("");
        if (bare instanceof BaseLayer base) {
            if (base.getGradientNormalization() != null
                    && base.getGradientNormalization() != GradientNormalization.None) {
                throw new Untranslatable("gradient normalization " + base.getGradientNormalization());
            }
            base.resetLayerDefaultConfig();
            if (base instanceof BatchNormalization) {
                // DL4J hands its default down to it, and does not apply it.
                base.setActivationFn(null);
            }
        }
        if (bare instanceof ConvolutionLayer convolution) {
            convolution.setCudnnAlgoMode(null);
            convolution.setCudnnFwdAlgo(null);
            convolution.setCudnnBwdDataAlgo(null);
            convolution.setCudnnBwdFilterAlgo(null);
        }
        if (bare instanceof BaseOutputLayer output
                && output.getLossFn() instanceof LossNegativeLogLikelihood loss
                && loss.getWeights() == null) {
            // Another name of the same.
            output.setLossFn(new LossMCXENT());
        }
        return bare;
    }
}
