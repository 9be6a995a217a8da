package dev.starling.driver.data;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.data.ExampleBlock;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.RowEncoder;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.network.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All rows of raw data in one JVM, as a task has them: fits preparations on any of them and encodes them. Immutable and thread-safe. */
public final class RawRows {
    private static final int CHUNK_FLOATS = 1 << 20;

    private final RawFacts facts;
    private final List<RawBlock> blocks;

    RawRows(RawFacts facts, List<RawBlock> blocks) {
        this.facts = facts;
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Fits on some rows, by the sums per block and in the order by which training on the cluster fits: to the same bits.
     *
     * @param train numbers of rows, in any order; one that stands twice counts twice
     * @throws InvalidInput if these rows cannot be fitted on, or do not fill {@code declared}
     */
    public Preparation fit(int[] train, Scale scale, Scale targetScale, Optional<Shape> declared) {
        int[] rows = train.clone();
        Arrays.sort(rows);
        Problems problems = new Problems();
        Optional<Preparation> preparation =
                facts.fit(pivots -> sums(rows, pivots), scale, targetScale, declared, problems);
        problems.throwIfAny();
        return preparation.orElseThrow();
    }

    private ColumnSums sums(int[] rows, double[] pivots) {
        ColumnSums all = ColumnSums.zero(0, facts.schema());
        int at = 0;
        for (RawBlock block : blocks) {
            int first = facts.firstRows()[block.index()];
            int end = at;
            while (end < rows.length && rows[end] < first + block.rows()) {
                end++;
            }
            int[] local = Arrays.stream(rows, at, end).map(row -> row - first).toArray();
            all = all.plus(ColumnSums.of(block, local, 0, local.length, facts.schema(), pivots));
            at = end;
        }
        return all;
    }

    /**
     * Encodes all rows; row i of the data is example i.
     *
     * @param spillFolder and {@code heapLimitBytes} as {@link ExampleBlock#allocate}
     * @return the caller's to close; may be read by several threads
     */
    public ExampleBlock encode(Preparation preparation, Path spillFolder, long heapLimitBytes) {
        ExampleBlock encoded = ExampleBlock.allocate(
                facts.rows(),
                preparation.featureSize(),
                preparation.target().storedSize(),
                spillFolder,
                heapLimitBytes);
        int width = preparation.width();
        int most = Math.max(1, CHUNK_FLOATS / width);
        for (RawBlock block : blocks) {
            RowEncoder encoder = preparation.encoder(block);
            for (int from = 0; from < block.rows(); from += most) {
                int rows = Math.min(most, block.rows() - from);
                int[] slots = new int[rows];
                float[] values = new float[rows * width];
                for (int i = 0; i < rows; i++) {
                    slots[i] = facts.firstRows()[block.index()] + from + i;
                    encoder.encode(from + i, values, i * width);
                }
                encoded.put(new RowChunk(Split.TRAIN, block.index(), slots, width, values));
            }
        }
        encoded.requireComplete();
        return encoded;
    }

    /** The block that a row is in. */
    public int blockOf(int row) {
        int found = Arrays.binarySearch(facts.firstRows(), row);
        int block = found >= 0 ? found : -found - 2;
        // Blocks without rows begin where the next one does.
        while (facts.firstRows()[block + 1] <= row) {
            block++;
        }
        return block;
    }
}
