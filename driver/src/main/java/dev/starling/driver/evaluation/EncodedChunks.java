package dev.starling.driver.evaluation;

import dev.starling.worker.data.RowChunk;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Rows through an encoder.
 *
 * @param parameters of the encoder's network
 * @param network the encoder's
 * @param kept floats of a row that stay in front of its code: none, or all that it has
 */
public record EncodedChunks(Broadcast<float[]> parameters, NetworkSpec network, int kept)
        implements FlatMapFunction<Iterator<RowChunk>, RowChunk> {
    private static final int BATCH = 64;

    @Override
    public Iterator<RowChunk> call(Iterator<RowChunk> chunks) {
        List<RowChunk> encoded = new ArrayList<>();
        if (!chunks.hasNext()) {
            return encoded.iterator();
        }
        int code = NetworkLayout.of(network).output().size();
        try (Step step = StepFactory.create(network, BATCH, StepChoice.AUTO)) {
            step.parameters().set(parameters.value());
            while (chunks.hasNext()) {
                encoded.add(encode(step, chunks.next(), network.input().size(), code));
            }
        }
        return encoded.iterator();
    }

    private RowChunk encode(Step step, RowChunk chunk, int features, int code) {
        int width = kept + code;
        float[] values = new float[Math.multiplyExact(chunk.rows(), width)];
        for (int from = 0; from < chunk.rows(); from += BATCH) {
            int rows = Math.min(BATCH, chunk.rows() - from);
            for (int i = 0; i < rows; i++) {
                step.features().set(i * features, chunk.values(), (from + i) * chunk.width(), features);
            }
            step.infer(rows);
            for (int i = 0; i < rows; i++) {
                int at = (from + i) * width;
                System.arraycopy(chunk.values(), (from + i) * chunk.width(), values, at, kept);
                step.outputs().get(i * code, values, at + kept, code);
            }
        }
        return new RowChunk(chunk.split(), chunk.block(), chunk.slots(), width, values);
    }
}
