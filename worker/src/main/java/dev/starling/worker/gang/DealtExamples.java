package dev.starling.worker.gang;

import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.memory.FlatVector;

/** What was dealt to a replica for training; {@code block} is closed by its owner. */
public record DealtExamples(ExampleBlock block, TargetCoding coding) implements Examples {
    @Override
    public int rows() {
        return block.rows();
    }

    @Override
    public void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets) {
        block.gather(order, from, rows, coding, features, targets);
    }
}
