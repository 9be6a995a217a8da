package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.util.List;

/**
 * The means by which a gang averages, one end of it per replica. All ranks make the same calls in the same order, {@link #join} first and once; a call returns
 * when all have made it. Used by one thread at a time, not always the same (an overlapped averaging has its own); {@link #beat} and {@link #fail} may come from another thread meanwhile.
 *
 * <p>Every implementation gives the same bits: x = (Σ wᵣ·xᵣ) ÷ Σ wᵣ in float, w the weights of the round divided by their greatest common divisor,
 * the sum in the order of a fixed binary tree over ranks (see {@link TreeMean}).
 */
public interface Exchange extends AutoCloseable {
    int rank();

    int ranks();

    /**
     * Shows what is averaged.
     *
     * @param vectors as many, and each as long, in every rank; read and written in {@link #average}, by peers too. Their owner may free them while others still
     *     work on them, after a failure: whatever touches them from another thread retains them ({@link FlatVector#retain}) until it cannot any more
     * @param compression of the first of them, the parameters, which are the same in every rank now; the others go in full. (Adam's second moments change by amounts that half
     *     precision does not know, and an error fed back could make one negative.)
     * @throws TrainingFailed as {@link #average}
     */
    void join(List<FlatVector> vectors, Compression compression);

    /** Joins with vectors that all go in full. */
    default void join(List<FlatVector> vectors) {
        join(vectors, Compression.NONE);
    }

    /**
     * Replaces every vector by its mean over the ranks.
     *
     * @param mine this replica's part
     * @param weights the examples of every rank in this round, ≥ 0 and together ≥ 1, the same in all ranks: the plan knows them beforehand, so that sums can begin
     *     before all reports are here; each rank's own report is held against it. Not kept
     * @return all parts, merged in the order of ranks: the same in every replica
     * @throws TrainingFailed if a peer failed or fell silent, instead of waiting for ever, or reports other examples than its weight
     */
    RoundReport average(RoundReport mine, int[] weights);

    /**
     * Tells every rank what each has to say; for the end of an epoch, not for each round.
     *
     * @return by rank
     * @throws TrainingFailed as {@link #average}
     */
    List<byte[]> gather(byte[] mine);

    /** What of its own a checkpoint must hold, such as residuals of a compression; none by default. Asked after {@link #join}. */
    default List<StateVector> state() {
        return List.of();
    }

    /** Bytes that this replica has handed to the network so far: its part of what its JVM sent; 0 in one JVM. In theory 8·P·(1 − 1/N) a round for P floats and N ranks, each alone in its JVM. */
    default long sentBytes() {
        return 0;
    }

    /** As {@link #sentBytes}, of what came in. */
    default long receivedBytes() {
        return 0;
    }

    /** Sign of life between averagings; cheap enough for every step. */
    void beat();

    /** Wakes all peers that wait, now or later, with a failure that names this rank and the cause. */
    void fail(Throwable cause);

    /** Nanoseconds spent waiting for peers so far, in {@link #average} alone. */
    long waitingNanos();

    /** Leaves the gang. A replica that leaves before its work is done tells the peers by {@link #fail} first. */
    @Override
    void close();

    /** The exchange of a gang of one: nothing is averaged, nothing is touched. */
    static Exchange alone() {
        return new Alone();
    }
}
