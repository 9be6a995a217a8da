package dev.starling.driver.data;

import dev.starling.driver.data.SplitRule.BlockSplit;
import dev.starling.worker.data.Permutation;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.RowEncoder;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import dev.starling.worker.data.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Encodes blocks and deals their rows to replicas: the training row at position i goes to p = π(i), that is rank p mod N, slot p ÷ N. */
final class Dealing {
    private Dealing() {}

    static JavaRDD<RowChunk> encoded(JavaRDD<ParsedBlock> blocks, Preparation preparation, RowRule rule, Split split) {
        return blocks.flatMap(parsed -> chunk(parsed.block(), preparation, rule.over(parsed.block()), split))
                .setName(split.label());
    }

    static JavaRDD<RowChunk> deal(
            JavaRDD<ParsedBlock> blocks,
            Preparation preparation,
            RowRule rule,
            int trainRows,
            int replicas,
            long seed) {
        Permutation order = new Permutation(trainRows, Seeds.derive(seed, Purpose.DEAL));
        return blocks.flatMapToPair(parsed -> dealt(parsed.block(), preparation, rule, order, replicas))
                .partitionBy(new RankPartitioner(replicas))
                .values()
                .setName("dealt");
    }

    private static Iterator<RowChunk> chunk(RawBlock block, Preparation preparation, BlockSplit split, Split wanted) {
        int rows = 0;
        for (Split of : split.splits()) {
            rows += of == wanted ? 1 : 0;
        }
        if (rows == 0) {
            return Collections.emptyIterator();
        }
        int width = preparation.width();
        float[] values = new float[Math.multiplyExact(rows, width)];
        RowEncoder encoder = preparation.encoder(block);
        int at = 0;
        for (int row = 0; row < block.rows(); row++) {
            if (split.splits()[row] == wanted) {
                encoder.encode(row, values, at);
                at += width;
            }
        }
        return List.of(new RowChunk(wanted, block.index(), new int[0], width, values))
                .iterator();
    }

    private static Iterator<Tuple2<Integer, RowChunk>> dealt(
            RawBlock block, Preparation preparation, RowRule rule, Permutation order, int replicas) {
        BlockSplit split = rule.over(block);
        List<Tuple2<Integer, RowChunk>> chunks = new ArrayList<>();
        chunk(block, preparation, split, Split.VALIDATION)
                .forEachRemaining(chunk -> chunks.add(new Tuple2<>(block.index() % replicas, chunk)));
        int[] places = new int[block.rows()];
        int[] counts = new int[replicas];
        for (int row = 0; row < places.length; row++) {
            if (split.splits()[row] == Split.TRAIN) {
                places[row] = (int) order.apply(split.positions()[row]);
                counts[places[row] % replicas]++;
            }
        }
        int width = preparation.width();
        RowChunk[] train = new RowChunk[replicas];
        for (int rank = 0; rank < replicas; rank++) {
            int rows = counts[rank];
            train[rank] = new RowChunk(
                    Split.TRAIN, block.index(), new int[rows], width, new float[Math.multiplyExact(rows, width)]);
        }
        fill(preparation.encoder(block), split, places, train);
        for (int rank = 0; rank < replicas; rank++) {
            if (counts[rank] > 0) {
                chunks.add(new Tuple2<>(rank, train[rank]));
            }
        }
        return chunks.iterator();
    }

    private static void fill(RowEncoder encoder, BlockSplit split, int[] places, RowChunk[] train) {
        int replicas = train.length;
        int[] filled = new int[replicas];
        for (int row = 0; row < places.length; row++) {
            if (split.splits()[row] == Split.TRAIN) {
                int rank = places[row] % replicas;
                RowChunk chunk = train[rank];
                int at = filled[rank]++;
                chunk.slots()[at] = places[row] / replicas;
                encoder.encode(row, chunk.values(), at * chunk.width());
            }
        }
    }
}
