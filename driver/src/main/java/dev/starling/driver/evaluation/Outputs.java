package dev.starling.driver.evaluation;

import dev.starling.driver.data.PreparedData;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.StepChoice;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a model gives for the rows of a split, in their order.
 *
 * @param outputs rows × width, as the network gives them
 * @param targets rows × width, as it is asked for them
 */
public record Outputs(float[] outputs, float[] targets) {
    /**
     * Computes them on whatever slots there are.
     *
     * @param parameters of the network, in DL4J's order
     * @param split one that the data have
     */
    public static Outputs of(
            JavaSparkContext spark,
            PreparedData data,
            NetworkSpec network,
            float[] parameters,
            StepChoice step,
            Split split) {
        Broadcast<float[]> shipped = spark.broadcast(parameters);
        try {
            List<ByteBuffer> blocks = data
                    .encoded(split)
                    .mapPartitions(new OutputBlocks(shipped, network, step, data.preparation()))
                    .collect()
                    .stream()
                    .map(ByteBuffer::wrap)
                    .sorted(Comparator.comparingInt(ByteBuffer::getInt))
                    .toList();
            return join(blocks);
        } finally {
            shipped.destroy();
        }
    }

    private static Outputs join(List<ByteBuffer> blocks) {
        int length =
                blocks.stream().mapToInt(block -> (block.capacity() - 4) / 8).sum();
        float[] outputs = new float[length];
        float[] targets = new float[length];
        int at = 0;
        for (ByteBuffer block : blocks) {
            FloatBuffer floats = block.position(4).asFloatBuffer();
            int count = floats.remaining() / 2;
            floats.get(outputs, at, count).get(targets, at, count);
            at += count;
        }
        return new Outputs(outputs, targets);
    }
}
