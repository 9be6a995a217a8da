package dev.starling.worker.step;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import java.util.Arrays;
import java.util.List;

/**
 * From what DL4J leaves in its gradient vector to what a step promises. DL4J gives the sum over the batch, and, where running statistics lie, their
 * old value less their new one, for its updater to subtract.
 */
final class MeanGradient {
    private static final int CHUNK = 1024;

    private final List<ParameterBlock> blocks;
    private final float[] gradientChunk = new float[CHUNK];
    private final float[] parameterChunk = new float[CHUNK];

    MeanGradient(List<ParameterBlock> blocks) {
        this.blocks = blocks;
    }

    /** Divides by the number of examples, moves running statistics and leaves zero in their place, and in that of frozen layers. */
    void finish(FlatVector gradient, FlatVector parameters, int rows) {
        for (ParameterBlock block : blocks) {
            if (block.frozen()) {
                clear(gradient, block);
            } else if (!block.trainable()) {
                move(gradient, parameters, block);
            } else if (rows > 1) {
                divide(gradient, block, rows);
            }
        }
    }

    private void clear(FlatVector gradient, ParameterBlock block) {
        Arrays.fill(gradientChunk, 0);
        int end = block.offset() + block.length();
        for (int at = block.offset(); at < end; at += CHUNK) {
            gradient.set(at, gradientChunk, 0, Math.min(CHUNK, end - at));
        }
    }

    private void divide(FlatVector gradient, ParameterBlock block, int rows) {
        int end = block.offset() + block.length();
        for (int at = block.offset(); at < end; at += CHUNK) {
            int n = Math.min(CHUNK, end - at);
            gradient.get(at, gradientChunk, 0, n);
            divide(gradientChunk, n, rows);
            gradient.set(at, gradientChunk, 0, n);
        }
    }

    /** Divided, not multiplied by the inverse: DL4J's own updater divides, and the bits are to be the same. */
    private static void divide(float[] values, int n, float divisor) {
        for (int i = 0; i < n; i++) {
            values[i] /= divisor;
        }
    }

    private void move(FlatVector gradient, FlatVector parameters, ParameterBlock block) {
        int end = block.offset() + block.length();
        for (int at = block.offset(); at < end; at += CHUNK) {
            int n = Math.min(CHUNK, end - at);
            gradient.get(at, gradientChunk, 0, n);
            parameters.get(at, parameterChunk, 0, n);
            for (int i = 0; i < n; i++) {
                parameterChunk[i] -= gradientChunk[i];
                gradientChunk[i] = 0;
            }
            parameters.set(at, parameterChunk, 0, n);
            gradient.set(at, gradientChunk, 0, n);
        }
    }
}
