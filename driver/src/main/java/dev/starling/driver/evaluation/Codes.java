package dev.starling.driver.evaluation;

import dev.starling.driver.data.PreparedData;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.inspection.Encoder;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Some rows of a split, in their order, with what an encoder makes of them.
 *
 * @param features rows × featureSize, as the network is given them
 * @param classes number of each row's class; empty where the data tell none
 * @param codes rows × codeSize
 */
public record Codes(int featureSize, float[] features, int[] classes, int codeSize, float[] codes) {
    /**
     * The first rows of a split.
     *
     * @param split one that the data have
     * @param most how many at most; partition by partition, no more than are needed are read
     */
    public static Codes of(JavaSparkContext spark, PreparedData data, Encoder encoder, Split split, int most) {
        int width = data.preparation().width();
        Broadcast<float[]> shipped = spark.broadcast(encoder.parameters());
        try {
            Iterator<RowChunk> chunks = data.encoded(split)
                    .mapPartitions(new EncodedChunks(shipped, encoder.network(), width))
                    .toLocalIterator();
            float[] rows = new float[0];
            int wanted = (int) Math.min(most, data.rows(split));
            int full = width + encoder.width();
            while (rows.length < (long) wanted * full && chunks.hasNext()) {
                float[] more = chunks.next().values();
                int from = rows.length;
                int length = (int) Math.min((long) wanted * full, (long) from + more.length);
                rows = Arrays.copyOf(rows, length);
                System.arraycopy(more, 0, rows, from, length - from);
            }
            boolean classes = data.preparation().target() instanceof Target.Classes;
            return apart(rows, data.preparation().featureSize(), width, encoder.width(), classes);
        } finally {
            shipped.destroy();
        }
    }

    private static Codes apart(float[] rows, int featureSize, int kept, int codeSize, boolean hasClasses) {
        int width = kept + codeSize;
        int count = rows.length / width;
        float[] features = new float[count * featureSize];
        int[] classes = new int[hasClasses ? count : 0];
        float[] codes = new float[count * codeSize];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, i * width, features, i * featureSize, featureSize);
            System.arraycopy(rows, i * width + kept, codes, i * codeSize, codeSize);
            if (hasClasses) {
                classes[i] = (int) rows[i * width + featureSize];
            }
        }
        return new Codes(featureSize, features, classes, codeSize, codes);
    }

    public int rows() {
        return features.length / featureSize;
    }

    /** Features of one row. */
    public float[] example(int row) {
        return Arrays.copyOfRange(features, row * featureSize, (row + 1) * featureSize);
    }
}
