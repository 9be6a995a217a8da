package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Curvature;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.UpSampling2d;
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
            entry(Reshape.class, ReshapeKernel::new),
            entry(UpSampling2d.class, UpSamplingKernel::new),
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
                    last ? Heads.before(spec, network.loss()) : spec,
                    planning,
                    layers.get(i).blocks(),
                    current);
            kernels.add(penalized(kernel, spec, layers.get(i).blocks(), planning));
            current = kernel.output();
        }
        if (!(layout.output() instanceof Shape.Flat)) {
            Kernel flat = new FlattenKernel(planning, new Flatten("output"), List.of(), current);
            kernels.add(flat);
            current = flat.output();
        }
        Head head = head(network, current);
        planning.library().ifPresent(OneDnn::seal);
        return new Plan(kernels, head, planning.library());
    }

    private static Kernel penalized(Kernel kernel, LayerSpec spec, List<ParameterBlock> blocks, Planning planning) {
        ActivityPenalty penalty = spec.activity();
        if (penalty.isNone()) {
            return kernel;
        }
        Optional<Contraction> contraction = Optional.empty();
        if (penalty.contractive() > 0) {
            ParameterBlock block = Planning.block(blocks, ParameterBlock.Kind.KERNEL);
            contraction = Optional.of(new Contraction(
                    penalty.contractive(),
                    Curvature.of(spec.nonlinearity().orElseThrow()).orElseThrow(),
                    planning.parameter(block),
                    planning.gradientOf(block),
                    planning.rows(),
                    kernel.output().channels()));
        }
        return new PenalizedKernel(kernel, penalty, contraction);
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
        Optional<Activation> apart = Activations.apart(spec);
        if (apart.isEmpty()) {
            return make(maker, spec, planning, blocks, input);
        }
        Kernel linear = make(maker, Activations.linear(spec), planning, blocks, input);
        return new ChainKernel(linear, Activations.kernel(planning, apart.get(), linear.output()));
    }

    @SuppressWarnings("unchecked") // the table's entries are made by entry(), which ties a maker to its layer
    private static <L extends LayerSpec> Kernel make(
            Maker<L> maker, LayerSpec spec, Planning planning, List<ParameterBlock> blocks, Tensor input)
            throws Unplannable {
        return maker.make(planning, (L) spec, blocks, input);
    }

    private static Head head(NetworkSpec network, Tensor last) throws Unplannable {
        LayerSpec spec = network.layers().get(network.layers().size() - 1);
        if (!last.isPlain() || !last.needsGradient()) {
            throw new Unplannable("no kernel for a network that ends in the layer " + spec.name());
        }
        return Heads.of(network.loss(), spec, last);
    }
}
