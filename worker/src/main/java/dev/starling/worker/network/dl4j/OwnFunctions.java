package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Activation;
import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** Puts own functions into a network of DL4J's that is to be trained, in place of those that DL4J has wrong in training. Such a network is not stored: stock DL4J could not read it. */
public final class OwnFunctions {
    /** DL4J has these as the contract wants them; its others lack an epsilon, a mean or the loss altogether. */
    private static final Set<Loss> STOCK = Set.of(
            Loss.CATEGORICAL_CROSSENTROPY, Loss.BINARY_CROSSENTROPY, Loss.MEAN_SQUARED_ERROR, Loss.MEAN_ABSOLUTE_ERROR);

    private OwnFunctions() {}

    /**
     * @param layers of a network built from the layout
     * @return what must be told the seed of each batch
     */
    public static List<Seeded> install(Layer[] layers, NetworkLayout layout, Loss loss) {
        for (Layer layer : layers) {
            install(layer.conf().getLayer(), loss);
        }
        return install(layers, layout);
    }

    /** The same but for losses. */
    public static List<Seeded> install(Layer[] layers, NetworkLayout layout) {
        List<Seeded> seeded = new ArrayList<>();
        for (Layer layer : layers) {
            org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
            for (int i = 0; i < layout.layers().size(); i++) {
                LayerSpec spec = layout.layers().get(i).spec();
                if (spec.name().equals(configuration.getLayerName())) {
                    install(configuration, spec, i, seeded);
                }
            }
        }
        return seeded;
    }

    /** The loss of a layer that holds one; others are left as they are. */
    public static void install(org.deeplearning4j.nn.conf.layers.Layer configuration, Loss loss) {
        if (!STOCK.contains(loss) || isBinaryBehindSoftmax(configuration, loss)) {
            install(configuration, new WrittenLoss(loss));
        }
    }

    /** DL4J then leaves out the part of what is not so. */
    private static boolean isBinaryBehindSoftmax(org.deeplearning4j.nn.conf.layers.Layer layer, Loss loss) {
        return loss == Loss.BINARY_CROSSENTROPY
                && layer instanceof BaseLayer base
                && base.getActivationFn() instanceof ActivationSoftmax;
    }

    private static void install(
            org.deeplearning4j.nn.conf.layers.Layer layer, LayerSpec spec, int place, List<Seeded> seeded) {
        Optional<NoiseDropout> noise = noise(spec, place);
        noise.ifPresent(layer::setIDropout);
        noise.ifPresent(seeded::add);
        Optional<IActivation> own = spec.nonlinearity().flatMap(function -> own(function, place));
        own.ifPresent(function -> {
            if (layer instanceof ActivationLayer alone) {
                alone.setActivationFn(function);
            } else if (layer instanceof BaseLayer base) {
                base.setActivationFn(function);
            }
            if (function instanceof Seeded random) {
                seeded.add(random);
            }
        });
    }

    /** DL4J's own would do, but draws from a generator of the thread's. */
    private static Optional<NoiseDropout> noise(LayerSpec spec, int place) {
        if (spec instanceof GaussianNoise noise) {
            return Optional.of(NoiseDropout.of(noise, place));
        }
        return spec instanceof GaussianDropout noise ? Optional.of(NoiseDropout.of(noise, place)) : Optional.empty();
    }

    private static Optional<IActivation> own(Activation function, int place) {
        if (function instanceof Activation.RandomizedRelu random) {
            return Optional.of(new RandomizedActivation(random, place));
        }
        if (function == Activation.Simple.THRESHOLD) {
            return Optional.of(new ThresholdActivation());
        }
        // DL4J's derivative of the exponential unit takes its alpha for 1.
        return function instanceof Activation.Elu ? function.curve().map(CurveActivation::new) : Optional.empty();
    }

    private static void install(org.deeplearning4j.nn.conf.layers.Layer layer, WrittenLoss loss) {
        if (layer instanceof BaseOutputLayer output) {
            output.setLossFn(loss);
        } else if (layer instanceof LossLayer output) {
            output.setLossFn(loss);
        }
    }
}
