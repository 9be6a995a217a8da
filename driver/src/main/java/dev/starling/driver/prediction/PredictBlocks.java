package dev.starling.driver.prediction;

import dev.starling.driver.cluster.TaskDevice;
import dev.starling.driver.data.ParsedBlock;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

/**
 * One task of a prediction: gives pieces of text, each with how many rows were left out of it (four bytes) before it.
 *
 * @param preparation of the features alone
 * @param firstRows per block, the number of its first row, from 0
 */
record PredictBlocks(
        Broadcast<float[]> parameters,
        NetworkSpec network,
        StepChoice choice,
        Preparation preparation,
        long[] firstRows,
        boolean leavesOut,
        OutputTable table)
        implements FlatMapFunction<Iterator<ParsedBlock>, byte[]> {
    /** As in an evaluation, so that the same rows get the same bits. */
    static final int BATCH = 64;

    @Override
    public Iterator<byte[]> call(Iterator<ParsedBlock> blocks) {
        if (!blocks.hasNext()) {
            return Collections.emptyIterator();
        }
        TaskDevice.attach();
        Step step = StepFactory.create(network, BATCH, choice);
        TaskCompletionListener closing = task -> step.close();
        TaskContext.get().addTaskCompletionListener(closing);
        step.parameters().set(parameters.value());
        return new PredictedLines(this, step, blocks);
    }
}
