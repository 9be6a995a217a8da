package dev.starling.driver.prediction;

import dev.starling.worker.data.RawBlock;

/** What says something of rows, in one task. */
interface RowModel extends AutoCloseable {
    /** The rows that follow are of this block. */
    void turnTo(RawBlock block);

    /**
     * What it says.
     *
     * @param rows places in the block, at most {@link PredictBlocks#BATCH}
     * @return rows × width, until the next call
     */
    float[] outputs(int[] rows);

    @Override
    void close();
}
