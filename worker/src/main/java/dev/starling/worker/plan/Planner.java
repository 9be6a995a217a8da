package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks a network and gives the list of kernels that trains it; a new kind of layer is one class and one line in {@link #KERNELS}. */
final class Planner {
    private static final Map<Class<? extends LayerSpec>, Maker<?>> KERNELS = Map.ofEntries(
            entry(Dense.class, DenseKernel::new),
            entry(Conv1d.class, ConvolutionKernel::of),
            entry(Conv2d.class, ConvolutionKernel::of),
            entry(Pooling1d.class, PoolingKernel::of),
            entry(Pooling2d.class, PoolingKernel::of),
            entry(Flatten.class, FlattenKernel::new),
            entry(ActivationLayer.class, ActivationKernel::new),
            entry(BatchNormalization.class, BatchNormalizationKernel::new),
            entry(Dropout.class, DropoutKernel::new));

    /** Makes the kernel of a layer over its input. */
    @FunctionalInterface
    interface Maker<L extends LayerSpec> {
        Kernel make(Planning planning, L layer, List<ParameterBlock> blocks, Tensor input) throws Unplannable;
    }

    private Planner() {}

    private static <L extends LayerSpec> Map.Entry<Class<? extends LayerSpec>, Maker<?>> entry(
            Class<L> layer, Maker<L> maker) {
        return Map.entry(layer, maker);
    }

    /** What the planner has no kernel for, told without touching native libraries. */
    static Optional<String> missing(NetworkSpec network) {
        try {
            List<LayerSpec> layers = network.layers();
            for (LayerSpec layer : layers) {
                if (!KERNELS.containsKey(layer.getClass())) {
                    throw noKernel(layer);
                }
            }
            LayerSpec last = layers.get(layers.size() - 1);
            requireJoined(network.loss(), last);
            for (LayerSpec layer : layers) {
                Optional<Activation> function =
                        (layer == last ? beforeHead(last, network.loss()) : layer).nonlinearity();
                if (function.isPresent() && !Elementwise.knows(function.get())) {
                    throw new Unplannable(
                            "no kernel for the activation " + function.get().label());
                }
            }
            return Optional.empty();
        } catch (Unplannable e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Unplannable noKernel(LayerSpec spec) {
        return new Unplannable("no kernel for the layer " + spec.name() + " (" + spec.type() + ")");
    }

    /**
     * @param features rows × input size, plain; the plan reads it in place
     * @throws Unplannable if anything in the network has no kernel
     */
    static Plan plan(NetworkSpec network, NetworkLayout layout, Planning planning, FlatVector features)
            throws Unplannable {
        Tensor current = input(planning, network.input(), features);
        List<Kernel> kernels = new ArrayList<>();
        List<LayerLayout> layers = layout.layers();
        for (int i = 0; i < layers.size(); i++) {
            LayerSpec spec = layers.get(i).spec();
            boolean last = i == layers.size() - 1;
            Kernel kernel = make(
                    last ? beforeHead(spec, network.loss()) : spec,
                    planning,
                    layers.get(i).blocks(),
                    current);
            kernels.add(kernel);
            current = kernel.output();
        }
        Head head = head(network, current);
        planning.library().ifPresent(OneDnn::seal);
        return new Plan(kernels, head, planning.library());
    }

    private static Tensor input(Planning planning, Shape shape, FlatVector features) {
        List<Integer> d = shape.dimensions();
        int channels = d.get(d.size() - 1);
        int height = d.size() > 1 ? d.get(0) : 1;
        int width = d.size() > 2 ? d.get(1) : 1;
        return Tensor.plain(planning.library(), planning.rows(), channels, height, width, features, Optional.empty());
    }

    private static Kernel make(LayerSpec spec, Planning planning, List<ParameterBlock> blocks, Tensor input)
            throws Unplannable {
        Maker<?> maker = KERNELS.get(spec.getClass());
        if (maker == null) {
            throw noKernel(spec);
        }
        return make(maker, spec, planning, blocks, input);
    }

    @SuppressWarnings("unchecked") // the table's entries are made by entry(), which ties a maker to its layer
    private static <L extends LayerSpec> Kernel make(
            Maker<L> maker, LayerSpec spec, Planning planning, List<ParameterBlock> blocks, Tensor input)
            throws Unplannable {
        return maker.make(planning, (L) spec, blocks, input);
    }

    /** The last layer without the activation that its head computes together with the loss. */
    private static LayerSpec beforeHead(LayerSpec last, Loss loss) {
        Optional<Activation> joined = joinedWith(loss);
        if (last instanceof Dense dense && joined.equals(Optional.of(dense.activation()))) {
            return new Dense(dense.name(), dense.units(), Activation.Simple.LINEAR, dense.weights());
        }
        if (last instanceof ActivationLayer layer && joined.equals(Optional.of(layer.function()))) {
            return new ActivationLayer(layer.name(), Activation.Simple.LINEAR);
        }
        return last;
    }

    private static Optional<Activation> joinedWith(Loss loss) {
        return switch (loss) {
            case CATEGORICAL_CROSSENTROPY -> Optional.of(Activation.Simple.SOFTMAX);
            case BINARY_CROSSENTROPY -> Optional.of(Activation.Simple.SIGMOID);
            case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR -> Optional.empty();
        };
    }

    private static Head head(NetworkSpec network, Tensor last) throws Unplannable {
        LayerSpec spec = network.layers().get(network.layers().size() - 1);
        if (!last.isPlain() || !last.needsGradient()) {
            throw new Unplannable("no kernel for a network that ends in the layer " + spec.name());
        }
        requireJoined(network.loss(), spec);
        return switch (network.loss()) {
            case CATEGORICAL_CROSSENTROPY -> new Head.SoftmaxCrossEntropy(last);
            case BINARY_CROSSENTROPY -> new Head.SigmoidCrossEntropy(last);
            case MEAN_SQUARED_ERROR -> new Head.SquaredError(last);
            case MEAN_ABSOLUTE_ERROR -> new Head.AbsoluteError(last);
        };
    }

    private static void requireJoined(Loss loss, LayerSpec last) throws Unplannable {
        Optional<Activation> joined = joinedWith(loss);
        if (joined.isPresent() && !joined.equals(last.nonlinearity())) {
            throw new Unplannable("no kernel for " + loss.label() + " behind another activation than "
                    + joined.get().label());
        }
    }
}
