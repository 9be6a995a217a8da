package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.ActivationLayer;
import dev.starling.worker.network.ActivityPenalty;
import dev.starling.worker.network.Add;
import dev.starling.worker.network.BatchNormalization;
import dev.starling.worker.network.Concatenate;
import dev.starling.worker.network.Conv1d;
import dev.starling.worker.network.Conv2d;
import dev.starling.worker.network.Curvature;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Dropout;
import dev.starling.worker.network.Flatten;
import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.GlobalPooling;
import dev.starling.worker.network.LayerLayout;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Pooling1d;
import dev.starling.worker.network.Pooling2d;
import dev.starling.worker.network.Prelu;
import dev.starling.worker.network.Reshape;
import dev.starling.worker.network.Shape;
import dev.starling.worker.network.UpSampling1d;
import dev.starling.worker.network.UpSampling2d;
import dev.starling.worker.network.ZeroPadding1d;
import dev.starling.worker.network.ZeroPadding2d;
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
            entry(Dropout.class, DropoutKernel::new),
            entry(GaussianNoise.class, GaussianKernel::of),
            entry(GaussianDropout.class, GaussianKernel::of),
            entry(Prelu.class, PreluKernel::new),
            entry(UpSampling1d.class, PlaceKernel::of),
            entry(ZeroPadding1d.class, PlaceKernel::of),
            entry(ZeroPadding2d.class, PlaceKernel::of),
            entry(GlobalPooling.class, GlobalPoolingKernel::new));

    private static final Map<Class<? extends LayerSpec>, Joiner> JOINERS =
            Map.of(Add.class, AddKernel::new, Concatenate.class, ConcatenateKernel::new);

    /** Makes the kernel of a layer over its inputs. */
    @FunctionalInterface
    interface Joiner {
        Kernel make(Planning planning, List<Tensor> inputs) throws Unplannable;
    }

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
                if (!KERNELS.containsKey(layer.getClass()) && !JOINERS.containsKey(layer.getClass())) {
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
        List<Kernel> kernels = new ArrayList<>();
        List<LayerLayout> layers = layout.layers();
        boolean[] learns = learns(layers);
        Forks forks = new Forks(planning, layers, kernels, learns, input(planning, network.input(), features));
        for (int i = 0; i < layers.size(); i++) {
            LayerSpec spec = layers.get(i).spec();
            int output = layout.ends().indexOf(i);
            List<Tensor> inputs = forks.read(layers.get(i).sources());
            Joiner joiner = JOINERS.get(spec.getClass());
            if (joiner != null) {
                forks.add(i, joiner.make(planning, inputs));
                continue;
            }
            LayerSpec bare = output >= 0 ? Heads.before(spec, network.lossOf(output)) : spec;
            List<ParameterBlock> blocks = layers.get(i).blocks();
            Planning way = learns[i] ? planning : planning.forwardOnly();
            forks.add(i, penalized(make(bare, way, blocks, inputs.get(0)), spec, blocks, way));
        }
        List<Head> heads = heads(network, layout, planning, forks, kernels);
        planning.library().ifPresent(OneDnn::seal);
        List<Kernel> learning = new ArrayList<>(kernels);
        learning.removeAll(forks.resting());
        return new Plan(kernels, learning, heads, planning);
    }

    private static List<Head> heads(
            NetworkSpec network, NetworkLayout layout, Planning planning, Forks forks, List<Kernel> kernels)
            throws Unplannable {
        List<Head> heads = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < layout.ends().size(); i++) {
            LayerLayout end = layout.layers().get(layout.ends().get(i));
            Tensor last = forks.read(layout.ends().get(i));
            if (!(end.output() instanceof Shape.Flat)) {
                Kernel flat = new FlattenKernel(planning, new Flatten("output"), List.of(), last);
                kernels.add(flat);
                last = flat.output();
            }
            Head.Columns columns = new Head.Columns(from, layout.output().size());
            heads.add(head(network.lossOf(i), end.spec(), last, columns));
            from += end.output().size();
        }
        return heads;
    }

    /** Which layers run backward, too: those that learn, or read what comes from one that does. */
    private static boolean[] learns(List<LayerLayout> layers) {
        boolean[] learns = new boolean[layers.size()];
        for (int i = 0; i < learns.length; i++) {
            LayerLayout layer = layers.get(i);
            learns[i] =
                    layer.trainable() > 0 || layer.sources().stream().anyMatch(source -> source >= 0 && learns[source]);
        }
        return learns;
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
        return Tensor.plain(
                planning.library(),
                planning.rows(),
                shape.channels(),
                shape.height(),
                shape.width(),
                features,
                Optional.empty());
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

    private static Head head(Loss loss, LayerSpec spec, Tensor last, Head.Columns columns) throws Unplannable {
        if (!last.isPlain() || !last.needsGradient()) {
            throw new Unplannable("no kernel for a network that ends in the layer " + spec.name());
        }
        return Heads.of(loss, spec, last, columns);
    }
}
