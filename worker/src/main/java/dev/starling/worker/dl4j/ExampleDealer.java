package dev.starling.worker.dl4j;

import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Deals examples to ranks like cards, one by one, whatever data sets they come in: of any run of examples two ranks get equally many, give or take one. Each rank's examples keep their order. Not
 * thread-safe.
 */
public final class ExampleDealer {
    private final FramePacker[] packers;
    private final Frames frames;
    private int next;

    /** Takes the frames for a rank, in the rank's order. */
    public interface Frames {
        void add(int rank, byte[] frame);
    }

    /** @param first the rank that gets the first example */
    public ExampleDealer(int ranks, int first, Frames frames) {
        this.packers =
                IntStream.range(0, ranks).mapToObj(rank -> new FramePacker()).toArray(FramePacker[]::new);
        this.frames = frames;
        this.next = first;
    }

    /** @throws dev.starling.worker.InvalidInput if the arrays of the data set do not fit each other */
    public void deal(MultiDataSet data) {
        ExampleRows source = ExampleRows.of(data);
        for (int row = 0; row < source.rows(); row++) {
            FramePacker packer = packers[next];
            if (!packer.takes(source.shape())) {
                frames.add(next, packer.take());
            }
            packer.add(source, row);
            next = next + 1 == packers.length ? 0 : next + 1;
        }
    }

    /** Hands out what is left. */
    public void finish() {
        for (int rank = 0; rank < packers.length; rank++) {
            if (!packers[rank].isEmpty()) {
                frames.add(rank, packers[rank].take());
            }
        }
    }
}
