package dev.starling.driver.prediction;

import dev.starling.driver.data.ParsedBlock;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;

/**
 * One task of a prediction: gives pieces of text, each with how many rows were left out of it (four bytes) before it.
 *
 * @param firstRows per block, the number of its first row, from 0
 */
record PredictBlocks(ModelSource source, long[] firstRows, boolean leavesOut, OutputTable table)
        implements FlatMapFunction<Iterator<ParsedBlock>, byte[]> {
    /** As in an evaluation, so that the same rows get the same bits. */
    static final int BATCH = 64;

    @Override
    public Iterator<byte[]> call(Iterator<ParsedBlock> blocks) {
        if (!blocks.hasNext()) {
            return Collections.emptyIterator();
        }
        RowModel model = source.open();
        TaskCompletionListener closing = task -> model.close();
        TaskContext.get().addTaskCompletionListener(closing);
        return new PredictedLines(this, model, blocks);
    }
}
