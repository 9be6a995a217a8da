package dev.starling.driver.selection.pool;

import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.gang.Examples;
import dev.starling.worker.memory.FlatVector;
import java.nio.FloatBuffer;

/** Some rows of the encoded data as a replica's examples: example i is row {@code rows[i]}, of its own class or another that it is given. One thread uses it; the block is shared. */
final class ChosenExamples implements Examples {
    private final ExampleBlock block;
    private final TargetCoding coding;
    private final int[] rows;
    private final int[] labels;
    private int[] batch = {};

    /** @param rows numbers, not copied */
    ChosenExamples(ExampleBlock block, TargetCoding coding, int[] rows) {
        this(block, coding, rows, new int[0]);
    }

    /**
     * @param rows numbers, not copied
     * @param labels per example, the class that it counts as; empty where that is its own
     */
    ChosenExamples(ExampleBlock block, TargetCoding coding, int[] rows, int[] labels) {
        this.block = block;
        this.coding = coding;
        this.rows = rows;
        this.labels = labels;
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
        if (labels.length > 0) {
            FloatBuffer label = FloatBuffer.allocate(1);
            for (int i = 0; i < count; i++) {
                label.put(0, labels[order[from + i]]);
                coding.write(label, 0, 0, targets.floats(), i * coding.outputs());
            }
        }
    }
}
