package dev.starling.driver.evaluation;

import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.TargetCoding;
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

/** One task of {@link Outputs}: gives for each block of its partition the block's number (four bytes), then all outputs and all targets of its rows. */
record OutputBlocks(Broadcast<float[]> parameters, NetworkSpec network, StepChoice choice, Preparation preparation)
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
        try (Step step = StepFactory.create(network, BATCH, choice)) {
            step.parameters().set(parameters.value());
            while (chunks.hasNext()) {
                blocks.add(block(step, chunks.next(), coding, outputs));
            }
        }
        return blocks.iterator();
    }

    private byte[] block(Step step, RowChunk chunk, TargetCoding coding, int width) {
        float[] outputs = new float[Math.multiplyExact(chunk.rows(), width)];
        float[] targets = new float[outputs.length];
        for (int from = 0; from < chunk.rows(); from += BATCH) {
            int rows = Math.min(BATCH, chunk.rows() - from);
            chunk.gather(from, rows, coding, preparation.featureSize(), step.features(), step.targets());
            step.infer(rows);
            step.outputs().get(0, outputs, from * width, rows * width);
            step.targets().get(0, targets, from * width, rows * width);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(4, Math.multiplyExact(8, outputs.length)));
        bytes.putInt(chunk.block()).asFloatBuffer().put(outputs).put(targets);
        return bytes.array();
    }
}
