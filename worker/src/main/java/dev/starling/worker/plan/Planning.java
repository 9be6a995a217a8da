package dev.starling.worker.plan;

import dev.starling.worker.loops.Loops;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;
import java.util.Optional;

/**
 * What kernels are made from: the vectors that the network's parameters and their gradient live in, oneDNN where it is to be had, the loops.
 *
 * @param rows examples in a batch of this plan
 * @param memory for the kernels' own buffers
 * @param learns whether kernels are ever asked to run backward
 */
record Planning(
        int rows,
        FlatVector parameters,
        FlatVector gradient,
        Optional<OneDnn> library,
        Loops loops,
        Arena memory,
        boolean learns) {
    /** For layers behind which something learns. */
    Planning(
            int rows, FlatVector parameters, FlatVector gradient, Optional<OneDnn> library, Loops loops, Arena memory) {
        this(rows, parameters, gradient, library, loops, memory, true);
    }

    /** For layers that only run forward: neither they nor any before them learn. */
    Planning forwardOnly() {
        return new Planning(rows, parameters, gradient, library, loops, memory, false);
    }

    /** @throws Unplannable if this machine has no oneDNN; dense layers do without */
    OneDnn oneDnn() throws Unplannable {
        return library.orElseThrow(
                () -> new Unplannable("oneDNN cannot be loaded here, and only dense layers with relu or"
                        + " linear activation, flatten and dropout do without it"));
    }

    MatrixProducts products() {
        return library.isPresent() ? MatrixProducts.ONE_DNN : MatrixProducts.OPEN_BLAS;
    }

    FlatVector parameter(ParameterBlock block) {
        return parameters.slice(block.offset(), block.length());
    }

    FlatVector gradientOf(ParameterBlock block) {
        // A frozen layer's stays 0 in the network's gradient.
        return block.frozen() ? memory.allocate(block.length()) : gradient.slice(block.offset(), block.length());
    }

    /** A layer's bias, or zeros of its own for a layer without one. */
    FlatVector bias(List<ParameterBlock> blocks, int length) {
        return isBiased(blocks) ? parameter(block(blocks, ParameterBlock.Kind.BIAS)) : memory.allocate(length);
    }

    /** Where a bias's gradient goes: nowhere that counts for a layer without one. */
    FlatVector biasGradient(List<ParameterBlock> blocks, int length) {
        return isBiased(blocks) ? gradientOf(block(blocks, ParameterBlock.Kind.BIAS)) : memory.allocate(length);
    }

    private static boolean isBiased(List<ParameterBlock> blocks) {
        return blocks.stream().anyMatch(block -> block.kind() == ParameterBlock.Kind.BIAS);
    }

    /** A layer's block of one kind. */
    static ParameterBlock block(List<ParameterBlock> blocks, ParameterBlock.Kind kind) {
        for (ParameterBlock block : blocks) {
            if (block.kind() == kind) {
                return block;
            }
        }
        throw new IllegalArgumentException("Cannot find a layer's " + kind + " among " + blocks);
    }

    /** Data in plain order with memory of their own. */
    Tensor plain(int channels, int height, int width) {
        int length = Math.multiplyExact(rows, Math.multiplyExact(channels, height * width));
        return Tensor.plain(
                library, rows, channels, height, width, memory.allocate(length), Optional.of(memory.allocate(length)));
    }

    /** Flat data with memory of their own: rows × units. */
    Tensor flat(int units) {
        return Tensor.plain(
                library, rows, units, 1, 1, memory.allocate(rows * units), Optional.of(memory.allocate(rows * units)));
    }
}
