package dev.starling.worker.data;

import dev.starling.worker.memory.FlatVector;
import java.nio.FloatBuffer;

/**
 * Encoded rows on their way from where they were read to where they are used; what crosses Spark's shuffle.
 *
 * @param split which part they belong to
 * @param block number of the raw block that they come from
 * @param slots per row, its place in the receiver's training examples, 0 … rows of that replica − 1; empty for validation and test rows, which keep the order of their block
 * @param width floats per row: features (channels first), then the stored target (class number, or values, or nothing)
 * @param values rows × width
 */
public record RowChunk(Split split, int block, int[] slots, int width, float[] values) {
    public int rows() {
        return width == 0 ? 0 : values.length / width;
    }

    /**
     * Copies consecutive rows into a step's buffers, as {@link ExampleBlock#gather} does for shuffled ones.
     *
     * @param features at least rows × features floats, written from 0
     * @param targets at least rows × outputs floats, written from 0
     */
    public void gather(
            int from, int rows, TargetCoding coding, int featureSize, FlatVector features, FlatVector targets) {
        FloatBuffer source = FloatBuffer.wrap(values);
        for (int i = 0; i < rows; i++) {
            int at = (from + i) * width;
            features.floats().put(i * featureSize, source, at, featureSize);
            coding.write(source, at, featureSize, targets.floats(), i * coding.outputs());
        }
    }
}
