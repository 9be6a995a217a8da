package dev.starling.worker.gang;

import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.memory.FlatVector;
import java.nio.FloatBuffer;

/**
 * The rows of a chunk, in its order.
 *
 * @param featureSize floats of a row before its stored target
 */
public record ChunkExamples(RowChunk chunk, int featureSize, TargetCoding coding) implements Examples {
    @Override
    public int rows() {
        return chunk.rows();
    }

    @Override
    public void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets) {
        FloatBuffer values = FloatBuffer.wrap(chunk.values());
        for (int i = 0; i < rows; i++) {
            int at = order[from + i] * chunk.width();
            features.set(i * featureSize, chunk.values(), at, featureSize);
            coding.write(values, at, featureSize, targets.floats(), i * coding.outputs());
        }
    }
}
