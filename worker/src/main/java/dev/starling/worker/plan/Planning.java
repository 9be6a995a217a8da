package dev.starling.worker.plan;

import dev.starling.worker.loops.Loops;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;

/**
 * What kernels are made from: the vectors that the network's parameters and their gradient live in, oneDNN, the loops.
 *
 * @param rows examples in a batch of this plan
 */
record Planning(int rows, FlatVector parameters, FlatVector gradient, OneDnn oneDnn, Loops loops) {
    FlatVector parameter(ParameterBlock block) {
        return parameters.slice(block.offset(), block.length());
    }

    FlatVector gradientOf(ParameterBlock block) {
        return gradient.slice(block.offset(), block.length());
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

    /** Flat data: rows × units. */
    Tensor flat(int units) {
        return oneDnn.tensor(rows, units, 1, 1, OneDnn.plain(rows, units, 1, 1));
    }
}
