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
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Encodes blocks and deals their rows to replicas: the training row at position i goes to p = π(i), that is rank p mod N, slot p ÷ N. */
final class Dealing {
    private Dealing() {}

    /** Rows and what becomes of them. */
    record Part(JavaRDD<ParsedBlock> blocks, Encoding encoding) {
        Part(JavaRDD<ParsedBlock> blocks, Preparation preparation, RowRule rule, int firstBlock, int width) {
            this(blocks, new Encoding(preparation, rule, firstBlock, width));
        }
    }

    /**
     * How a part's rows are encoded; shipped to tasks.
     *
     * @param firstBlock number by which the first of the blocks goes
     * @param width floats of a row: those of the preparation, and one more where it has no target and the rule gives classes
     */
    record Encoding(Preparation preparation, RowRule rule, int firstBlock, int width) implements Serializable {
        int number(RawBlock block) {
            return firstBlock + block.index();
        }

        void encode(RowEncoder encoder, BlockSplit split, int row, float[] values, int at) {
            encoder.encode(row, values, at);
            if (width > preparation.featureSize()) {
                split.label(row, values, at + preparation.featureSize());
            }
        }
    }

    static JavaRDD<RowChunk> encoded(List<Part> parts, Split split) {
        return parts.stream()
                .map(part -> encoded(part.blocks, part.encoding, split))
                .reduce(JavaRDD::union)
                .orElseThrow();
    }

    private static JavaRDD<RowChunk> encoded(JavaRDD<ParsedBlock> blocks, Encoding encoding, Split split) {
        return blocks.flatMap(parsed -> chunk(parsed.block(), encoding, encoding.rule.over(parsed.block()), split))
                .setName(split.label());
    }

    static JavaRDD<BlockRows> rows(JavaRDD<ParsedBlock> blocks, RowRule rule, Split split) {
        return blocks.flatMap(parsed -> {
                    Split[] splits = rule.over(parsed.block()).splits();
                    int[] rows = IntStream.range(0, splits.length)
                            .filter(row -> splits[row] == split)
                            .toArray();
                    return rows.length == 0
                            ? Collections.emptyIterator()
                            : List.of(new BlockRows(parsed.block(), rows)).iterator();
                })
                .setName(split.label());
    }

    static JavaRDD<RowChunk> deal(List<Part> parts, int trainRows, int replicas, long seed) {
        Permutation order = new Permutation(trainRows, Seeds.derive(seed, Purpose.DEAL));
        return parts.stream()
                .map(part -> dealt(part.blocks, part.encoding, order, replicas))
                .reduce(JavaPairRDD::union)
                .orElseThrow()
                .partitionBy(new RankPartitioner(replicas))
                .values()
                .setName("dealt");
    }

    private static JavaPairRDD<Integer, RowChunk> dealt(
            JavaRDD<ParsedBlock> blocks, Encoding encoding, Permutation order, int replicas) {
        return blocks.flatMapToPair(parsed -> dealt(parsed.block(), encoding, order, replicas));
    }

    private static Iterator<RowChunk> chunk(RawBlock block, Encoding encoding, BlockSplit split, Split wanted) {
        int rows = 0;
        for (Split of : split.splits()) {
            rows += of == wanted ? 1 : 0;
        }
        if (rows == 0) {
            return Collections.emptyIterator();
        }
        int width = encoding.width;
        float[] values = new float[Math.multiplyExact(rows, width)];
        RowEncoder encoder = encoding.preparation.encoder(block);
        int at = 0;
        for (int row = 0; row < block.rows(); row++) {
            if (split.splits()[row] == wanted) {
                encoding.encode(encoder, split, row, values, at);
                at += width;
            }
        }
        return List.of(new RowChunk(wanted, encoding.number(block), new int[0], width, values))
                .iterator();
    }

    private static Iterator<Tuple2<Integer, RowChunk>> dealt(
            RawBlock block, Encoding encoding, Permutation order, int replicas) {
        BlockSplit split = encoding.rule.over(block);
        List<Tuple2<Integer, RowChunk>> chunks = new ArrayList<>();
        chunk(block, encoding, split, Split.VALIDATION)
                .forEachRemaining(chunk -> chunks.add(new Tuple2<>(block.index() % replicas, chunk)));
        int[] places = new int[block.rows()];
        int[] counts = new int[replicas];
        for (int row = 0; row < places.length; row++) {
            if (split.splits()[row] == Split.TRAIN) {
                places[row] = (int) order.apply(split.positions()[row]);
                counts[places[row] % replicas]++;
            }
        }
        int width = encoding.width;
        RowChunk[] train = new RowChunk[replicas];
        for (int rank = 0; rank < replicas; rank++) {
            int rows = counts[rank];
            train[rank] = new RowChunk(
                    Split.TRAIN,
                    encoding.number(block),
                    new int[rows],
                    width,
                    new float[Math.multiplyExact(rows, width)]);
        }
        fill(block, encoding, split, places, train);
        for (int rank = 0; rank < replicas; rank++) {
            if (counts[rank] > 0) {
                chunks.add(new Tuple2<>(rank, train[rank]));
            }
        }
        return chunks.iterator();
    }

    private static void fill(RawBlock block, Encoding encoding, BlockSplit split, int[] places, RowChunk[] train) {
        RowEncoder encoder = encoding.preparation.encoder(block);
        int replicas = train.length;
        int[] filled = new int[replicas];
        for (int row = 0; row < places.length; row++) {
            if (split.splits()[row] == Split.TRAIN) {
                int rank = places[row] % replicas;
                RowChunk chunk = train[rank];
                int at = filled[rank]++;
                chunk.slots()[at] = places[row] / replicas;
                encoding.encode(encoder, split, row, chunk.values(), at * chunk.width());
            }
        }
    }
}
