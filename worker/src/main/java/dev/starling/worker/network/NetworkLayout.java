package dev.starling.worker.network;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every layer's shapes and every parameter's place in the flat vector, which is DL4J's: layer by layer in an order in which each comes behind what it reads, a dense layer's kernel
 * ([in, out] by columns, so row-major [out, in]) then its bias; a convolution's bias, then its kernel ([out, in, height, width] by rows); batch
 * normalisation's gamma, beta, running mean, running variance. Examples lie channels first. Touches no class of DL4J.
 */
public final class NetworkLayout {
    private final Shape input;
    private final List<LayerLayout> layers;
    private final List<Integer> ends;
    private final List<ParameterBlock> blocks;
    private final int total;
    private final int trainable;

    private NetworkLayout(Shape input, List<LayerLayout> layers, List<Integer> ends) {
        this.input = input;
        this.layers = List.copyOf(layers);
        this.ends = ends;
        this.blocks = layers.stream().flatMap(l -> l.blocks().stream()).toList();
        this.total = blocks.stream().mapToInt(ParameterBlock::length).sum();
        this.trainable = layers.stream().mapToInt(LayerLayout::trainable).sum();
    }

    /** @throws InvalidInput if layers cannot be joined so, sizes do not fit, naming layer and shapes, or something in it cannot be built */
    public static NetworkLayout of(NetworkSpec spec) {
        Problems problems = new Problems();
        Optional<Topology> topology = Topology.of(spec, problems);
        List<LayerLayout> layers = topology.map(
                        found -> place(spec.input(), found, spec.heritage().frozen(), problems))
                .orElse(List.of());
        List<Integer> ends = topology.map(Topology::ends).orElse(List.of());
        if (layers.size() == spec.layers().size()) {
            for (int i = 0; i < ends.size(); i++) {
                problems.addAll(OutputRules.problems(spec, spec.lossOf(i), layers.get(ends.get(i))));
            }
            if (layers.stream().allMatch(l -> l.blocks().isEmpty())) {
                problems.add("Cannot train network: no layer has weights (expected a dense or a convolution layer)");
            } else if (layers.stream().allMatch(l -> l.trainable() == 0)) {
                problems.add("Cannot train network: all layers are frozen (expected one that learns)");
            }
        }
        problems.throwIfAny();
        return new NetworkLayout(spec.input(), layers, ends);
    }

    /** Layers up to the first that does not fit: what comes after it is unknown. */
    private static List<LayerLayout> place(Shape input, Topology topology, Set<String> frozen, Problems problems) {
        List<LayerLayout> layers = new ArrayList<>();
        List<Shape> inputs = List.of();
        int offset = 0;
        try {
            for (LayerSpec layer : topology.order()) {
                List<Integer> sources = topology.sources().get(layers.size());
                inputs = sources.stream()
                        .map(source -> source < 0 ? input : layers.get(source).output())
                        .toList();
                Shape output = layer.output(inputs);
                problems.addAll(ActivationRules.problems(layer, output));
                boolean ends = topology.ends().contains(layers.size());
                problems.addAll(ActivityRules.problems(layer, output, ends));
                boolean still = frozen.contains(layer.name());
                LayerLayout placed = new LayerLayout(
                        layer, sources, inputs.get(0), output, blocks(layer, inputs.get(0), offset, still));
                layers.add(placed);
                offset = Math.addExact(offset, placed.parameters());
            }
        } catch (InvalidInput misfit) {
            problems.addAll(misfit.problems());
        } catch (ArithmeticException overflow) {
            LayerSpec layer = topology.order().get(layers.size());
            problems.add("Cannot build layer " + layer.name() + " (" + layer.type() + ") on input of shape "
                    + inputs.get(0).dimensions() + ": more than " + Integer.MAX_VALUE + " values (expected fewer)");
        }
        return layers;
    }

    private static List<ParameterBlock> blocks(LayerSpec layer, Shape input, int start, boolean frozen) {
        List<ParameterBlock> blocks = new ArrayList<>();
        int offset = start;
        for (LayerParameter p : layer.parameters(input)) {
            blocks.add(new ParameterBlock(
                    layer.name(),
                    p.kind(),
                    offset,
                    p.length(),
                    p.fanIn(),
                    p.fanOut(),
                    p.initializer(),
                    p.penalty(),
                    frozen || !layer.has(p.kind())));
            offset = Math.addExact(offset, p.length());
        }
        return blocks;
    }

    public Shape input() {
        return input;
    }

    /** What the network gives: of several outputs, which are flat, one after the other. */
    public Shape output() {
        return ends.size() == 1
                ? layers.get(ends.get(0)).output()
                : new Shape.Flat(
                        outputSizes().stream().mapToInt(Integer::intValue).sum());
    }

    /** Values of each output. */
    public List<Integer> outputSizes() {
        return ends.stream().map(end -> layers.get(end).output().size()).toList();
    }

    /** Places of the layers whose outputs the network gives, in the order of its outputs. */
    public List<Integer> ends() {
        return ends;
    }

    /** One for each layer of the spec, each behind all that it reads: of a sequence in its order. */
    public List<LayerLayout> layers() {
        return layers;
    }

    /** All parameters in the order of the flat vector, which they cover without gaps. */
    public List<ParameterBlock> blocks() {
        return blocks;
    }

    /** Length of the flat vector: trainable values and running statistics. */
    public int total() {
        return total;
    }

    /** Parameters as Keras counts them: {@link #total} but for what only DL4J's layers have. */
    public int counted() {
        return layers.stream().mapToInt(LayerLayout::counted).sum();
    }

    public int trainable() {
        return trainable;
    }

    public int nonTrainable() {
        return counted() - trainable;
    }
}
