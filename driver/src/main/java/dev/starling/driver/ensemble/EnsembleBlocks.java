package dev.starling.driver.ensemble;

import dev.starling.driver.data.BlockRows;
import dev.starling.worker.data.Target;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** One task of an ensemble's evaluation: gives for each block of its partition the block's number (four bytes) and totals. */
record EnsembleBlocks(Committee.Call call, Target target) implements FlatMapFunction<Iterator<BlockRows>, byte[]> {
    @Override
    public Iterator<byte[]> call(Iterator<BlockRows> blocks) {
        List<byte[]> all = new ArrayList<>();
        if (!blocks.hasNext()) {
            return all.iterator();
        }
        Scoring scoring = EnsembleModel.scoring(target, call.width());
        try (Committee committee = call.gather()) {
            while (blocks.hasNext()) {
                BlockRows next = blocks.next();
                committee.turnTo(next.block());
                Totals totals = scoring.zero();
                totals.add(committee.means(next.rows()), committee.asked(next.rows()), next.rows().length);
                byte[] bytes = totals.toBytes();
                all.add(ByteBuffer.allocate(Integer.BYTES + bytes.length)
                        .putInt(next.block().index())
                        .put(bytes)
                        .array());
            }
        }
        return all.iterator();
    }
}
