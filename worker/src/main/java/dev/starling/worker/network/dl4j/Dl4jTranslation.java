package dev.starling.worker.network.dl4j;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/**
 * A network of a DL4J user as a spec, where every setting of it has a word there: the same forward and backward, the same flat vector. To leave nothing out that DL4J may know of, each layer is translated back and must come out equal.
 * Says nothing of updaters, penalties and first values.
 */
public final class Dl4jTranslation {
    private final List<LayerSpec> layers = new ArrayList<>();
    private Shape shape;

    private Dl4jTranslation(Shape input) {
        this.shape = input;
    }

    /**
     * @param example shape of one example as DL4J is given it: [units] or [channels, height, width]
     * @throws Untranslatable with the first thing that has no word
     */
    public static NetworkSpec of(MultiLayerConfiguration configuration, List<Long> example) throws Untranslatable {
        if (configuration.getBackpropType() != BackpropType.Standard) {
            throw new Untranslatable("back-propagation is " + configuration.getBackpropType());
        }
        Shape input = input(configuration.getInputPreProcess(0), example);
        Dl4jTranslation translation = new Dl4jTranslation(input);
        int count = configuration.getConfs().size();
        for (int i = 0; i < count; i++) {
            translation.flatten(i, i == 0 ? null : configuration.getInputPreProcess(i));
            translation.add(i, configuration.getConf(i).getLayer(), i == count - 1);
        }
        return translation.spec(input, lossOf(configuration.getConf(count - 1).getLayer()));
    }

    private NetworkSpec spec(Shape input, ILossFunction function) throws Untranslatable {
        NetworkSpec spec = new NetworkSpec(input, layers, loss(function, shape.size()));
        try {
            NetworkLayout.of(spec);
            return spec;
        } catch (InvalidInput e) {
            throw new Untranslatable(e.getMessage());
        }
    }

    private static Shape input(InputPreProcessor first, List<Long> example) throws Untranslatable {
        if (first instanceof FeedForwardToCnnPreProcessor image) {
            return new Shape.Image(
                    (int) image.getInputHeight(), (int) image.getInputWidth(), (int) image.getNumChannels());
        }
        if (first == null && example.size() == 1) {
            return new Shape.Flat(Math.toIntExact(example.get(0)));
        }
        if (first == null && example.size() == 3) {
            return new Shape.Image(
                    Math.toIntExact(example.get(1)), Math.toIntExact(example.get(2)), Math.toIntExact(example.get(0)));
        }
        throw new Untranslatable("an input of shape " + example + (first == null ? "" : " through " + named(first)));
    }

    private void flatten(int index, InputPreProcessor before) throws Untranslatable {
        if (before instanceof CnnToFeedForwardPreProcessor cnn
                && cnn.getFormat() == CNN2DFormat.NCHW
                && new Shape.Image((int) cnn.getInputHeight(), (int) cnn.getInputWidth(), (int) cnn.getNumChannels())
                        .equals(shape)) {
            layers.add(new Flatten("flatten_" + index));
            shape = new Shape.Flat(shape.size());
        } else if (before != null) {
            throw new Untranslatable("an input through " + named(before));
        }
    }

    private void add(int index, Layer layer, boolean last) throws Untranslatable {
        LayerSpec spec = Dl4jLayerSpecs.of("layer_" + index, layer);
        try {
            Shape output = spec.output(shape);
            LayerLayout layout = new LayerLayout(spec, List.of(index - 1), shape, output, List.of());
            Layer back = last
                    ? Dl4jLayers.ending(layout, loss(lossOf(layer), output.size()), DataType.FLOAT)
                    : Dl4jLayers.inner(layout);
            Dl4jLayerSpecs.requireAlike(layer, back);
            layers.add(spec);
            shape = output;
        } catch (InvalidInput e) {
            throw new Untranslatable(e.getMessage());
        }
    }

    private static ILossFunction lossOf(Layer last) throws Untranslatable {
        if (last instanceof BaseOutputLayer output) {
            return output.getLossFn();
        }
        if (last instanceof LossLayer loss) {
            return loss.getLossFn();
        }
        throw new Untranslatable("a network that ends in " + named(last));
    }

    /** DL4J's binary cross-entropy sums over outputs, ours is a mean: of one output they are the same. */
    private static Loss loss(ILossFunction function, int outputs) throws Untranslatable {
        if (function instanceof LossNegativeLogLikelihood || function.getClass() == LossMCXENT.class) {
            return Loss.CATEGORICAL_CROSSENTROPY;
        }
        if (function.getClass() == LossMSE.class) {
            return Loss.MEAN_SQUARED_ERROR;
        }
        if (function.getClass() == LossMAE.class) {
            return Loss.MEAN_ABSOLUTE_ERROR;
        }
        if (function.getClass() == LossBinaryXENT.class && outputs == 1) {
            return Loss.BINARY_CROSSENTROPY;
        }
        throw new Untranslatable("the loss " + named(function));
    }

    static String named(Object object) {
        return object.getClass().getSimpleName();
    }
}
