package dev.starling.driver.data;

import dev.starling.worker.network.Shape;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** An opened source: what it holds and how its blocks are read. Shipped to tasks. */
sealed interface SourcePlan extends Serializable permits CsvPlan, IdxPlan {
    Schema schema();

    /** How often a missing value becomes the mean rather than an error. */
    boolean fillsMissing();

    /** Blocks of all files, numbered from 0 in the order of the files. */
    int blocks();

    /** Where reading may begin without reading from the file's beginning more often than the number of parts: block numbers, sorted. */
    List<Integer> cuts(int parts);

    /** Bytes that the blocks take in memory, about. */
    long blockBytes();

    /** The shape that the files give, where they give one. */
    Optional<Shape> shape();

    /**
     * The place of a row as messages show it.
     *
     * @param where as in {@link BlockFacts}
     */
    String place(int block, long where);

    /**
     * Reads blocks {@code from} to before {@code to}, one after the other.
     *
     * @param firstIndex number that block 0 of this source has in the whole data set
     */
    Iterator<ParsedBlock> read(int from, int to, int firstIndex, Configuration configuration);

    /** Evenly spaced cuts of a file that can only be read from its beginning: at most {@code parts} pieces. */
    static void addCuts(List<Integer> cuts, int firstBlock, int blocks, boolean streamed, int parts) {
        int pieces = streamed ? Math.min(parts, blocks) : blocks;
        for (int i = 0; i < pieces; i++) {
            cuts.add(firstBlock + (int) ((long) i * blocks / pieces));
        }
    }
}
