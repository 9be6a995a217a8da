package dev.starling.driver.evaluation;

import dev.starling.driver.cluster.TaskDevice;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.gang.ChunkExamples;
import dev.starling.worker.gang.Inference;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** One task of an evaluation: gives for each block of its partition the block's number (four bytes) and totals. */
record ScoreBlocks(Broadcast<float[]> parameters, NetworkSpec network, StepChoice choice, Preparation preparation)
        implements FlatMapFunction<Iterator<RowChunk>, byte[]> {
    private static final int BATCH = 64;

    @Override
    public Iterator<byte[]> call(Iterator<RowChunk> chunks) {
        List<byte[]> blocks = new ArrayList<>();
        if (!chunks.hasNext()) {
            return blocks.iterator();
        }
        int outputs = NetworkLayout.of(network).output().size();
        TargetCoding coding = TargetCoding.of(preparation, network, outputs);
        Scoring scoring = Scoring.of(network, preparation.target());
        TaskDevice.attach();
        try (Step step = StepFactory.create(network, BATCH, choice)) {
            step.parameters().set(parameters.value());
            while (chunks.hasNext()) {
                RowChunk chunk = chunks.next();
                ChunkExamples examples = new ChunkExamples(chunk, preparation.featureSize(), coding);
                Totals totals = Inference.score(step, examples, scoring, () -> {});
                byte[] bytes = totals.toBytes();
                blocks.add(ByteBuffer.allocate(Integer.BYTES + bytes.length)
                        .putInt(chunk.block())
                        .put(bytes)
                        .array());
            }
        }
        return blocks.iterator();
    }
}
