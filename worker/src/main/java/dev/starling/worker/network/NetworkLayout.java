package dev.starling.worker.network;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Every layer's shapes and every parameter's place in the flat vector, which is DL4J's: layer by layer, a dense layer's kernel
 * ([in, out] by columns, so row-major [out, in]) then its bias; a convolution's bias, then its kernel ([out, in, height, width] by rows); batch
 * normalisation's gamma, beta, running mean, running variance. Examples lie channels first. Touches no class of DL4J.
 */
public final class NetworkLayout {
    private final Shape input;
    private final List<LayerLayout> layers;
    private final List<ParameterBlock> blocks;
    private final int total;
    private final int trainable;

    private NetworkLayout(Shape input, List<LayerLayout> layers) {
        this.input = input;
        this.layers = List.copyOf(layers);
        this.blocks = layers.stream().flatMap(l -> l.blocks().stream()).toList();
        this.total = blocks.stream().mapToInt(ParameterBlock::length).sum();
        this.trainable = layers.stream().mapToInt(LayerLayout::trainable).sum();
    }

    /** @throws InvalidInput if sizes do not fit, naming layer and shapes, or if something in it cannot be built */
    public static NetworkLayout of(NetworkSpec spec) {
        Problems problems = new Problems();
        List<LayerLayout> layers = place(spec, problems);
        if (layers.size() == spec.layers().size()) {
            LayerLayout last = layers.get(layers.size() - 1);
            problems.addAll(OutputRules.problems(spec, last));
            if (layers.stream().allMatch(l -> l.blocks().isEmpty())) {
                problems.add("Cannot train network: no layer has weights (expected a dense or a convolution layer)");
            }
        }
        problems.throwIfAny();
        return new NetworkLayout(spec.input(), layers);
    }

    /** Layers up to the first that does not fit: what comes after it is unknown. */
    private static List<LayerLayout> place(NetworkSpec spec, Problems problems) {
        List<LayerLayout> layers = new ArrayList<>();
        Shape shape = spec.input();
        int offset = 0;
        try {
            for (LayerSpec layer : spec.layers()) {
                Shape output = layer.output(shape);
                problems.addAll(ActivationRules.problems(layer, output));
                boolean last = layers.size() == spec.layers().size() - 1;
                problems.addAll(ActivityRules.problems(layer, output, last));
                LayerLayout placed = new LayerLayout(layer, shape, output, blocks(layer, shape, offset));
                layers.add(placed);
                offset = Math.addExact(offset, placed.parameters());
                shape = output;
            }
        } catch (InvalidInput misfit) {
            problems.addAll(misfit.problems());
        } catch (ArithmeticException overflow) {
            LayerSpec layer = spec.layers().get(layers.size());
            problems.add("Cannot build layer " + layer.name() + " (" + layer.type() + ") on input of shape "
                    + shape.dimensions() + ": more than " + Integer.MAX_VALUE + " values (expected fewer)");
        }
        return layers;
    }

    private static List<ParameterBlock> blocks(LayerSpec layer, Shape input, int start) {
        List<ParameterBlock> blocks = new ArrayList<>();
        int offset = start;
        for (LayerParameter p : layer.parameters(input)) {
            blocks.add(new ParameterBlock(
                    layer.name(), p.kind(), offset, p.length(), p.fanIn(), p.fanOut(), p.initializer(), p.penalty()));
            offset = Math.addExact(offset, p.length());
        }
        return blocks;
    }

    public Shape input() {
        return input;
    }

    /** The last layer's output. */
    public Shape output() {
        return layers.get(layers.size() - 1).output();
    }

    /** In the order of the network, one for each layer of the spec. */
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

    public int trainable() {
        return trainable;
    }

    public int nonTrainable() {
        return total - trainable;
    }
}
