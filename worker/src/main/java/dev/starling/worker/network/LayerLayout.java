package dev.starling.worker.network;

import java.util.List;

/**
 * A layer in its place.
 *
 * @param sources what it reads: places among the layout's layers, −1 for the network's input
 * @param input shape of one example that comes in, of several inputs the first
 * @param output shape of one example that goes out
 * @param blocks its parameters, in the order of the flat vector; empty if it has none
 */
public record LayerLayout(
        LayerSpec spec, List<Integer> sources, Shape input, Shape output, List<ParameterBlock> blocks) {
    public LayerLayout {
        sources = List.copyOf(sources);
        blocks = List.copyOf(blocks);
    }

    /** All its values, running statistics too. */
    public int parameters() {
        return blocks.stream().mapToInt(ParameterBlock::length).sum();
    }

    /** All its values but those that only DL4J's layer has: as many as Keras's. */
    public int counted() {
        return blocks.stream()
                .filter(block -> spec.has(block.kind()))
                .mapToInt(ParameterBlock::length)
                .sum();
    }

    /** Whether it has values, and none of them is learned or moved. */
    public boolean isFrozen() {
        return !blocks.isEmpty() && blocks.stream().allMatch(ParameterBlock::frozen);
    }

    public int trainable() {
        return blocks.stream()
                .filter(ParameterBlock::trainable)
                .mapToInt(ParameterBlock::length)
                .sum();
    }
}
