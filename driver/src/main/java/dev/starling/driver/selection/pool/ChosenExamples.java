package dev.starling.driver.selection.pool;

import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.gang.Examples;
import dev.starling.worker.memory.FlatVector;

/** Some rows of the encoded data as a replica's examples: example i is row {@code rows[i]}. One thread uses it; the block is shared. */
final class ChosenExamples implements Examples {
    private final ExampleBlock block;
    private final TargetCoding coding;
    private final int[] rows;
    private int[] batch = {};

    /** @param rows numbers, not copied */
    ChosenExamples(ExampleBlock block, TargetCoding coding, int[] rows) {
        this.block = block;
        this.coding = coding;
        this.rows = rows;
    }

    @Override
    public int rows() {
        return rows.length;
    }

    @Override
    public void gather(int[] order, int from, int count, FlatVector features, FlatVector targets) {
        if (batch.length < count) {
            batch = new int[count];
        }
        for (int i = 0; i < count; i++) {
            batch[i] = rows[order[from + i]];
        }
        block.gather(batch, 0, count, coding, features, targets);
    }
}
