package dev.starling.worker.gang;

import dev.starling.worker.averaging.AveragingSpec;
import java.util.Arrays;

/**
 * Who trains how much and when the gang averages. An epoch is as many rounds as the replica with most batches needs; a round is H local steps, which
 * may differ by epoch, and one averaging, and the last round of an epoch may be shorter, so that every epoch ends with an averaging. A replica that has no batch left joins the
 * averaging with weight 0. Immutable.
 */
public final class GangPlan {
    private final int[] rows;
    private final int batchSize;
    private final AveragingSpec averaging;
    private final long batchesPerEpoch;
    private final int longest;

    /**
     * @param rows training examples of each rank, ≥ 0, at least one in all
     * @param batchSize per replica, ≥ 1; a replica's last batch may be smaller
     * @param averaging says H
     */
    public GangPlan(int[] rows, int batchSize, AveragingSpec averaging) {
        if (rows.length == 0 || Arrays.stream(rows).anyMatch(n -> n < 0) || batchSize < 1) {
            throw new IllegalArgumentException("Cannot plan a gang: rows " + Arrays.toString(rows) + ", batch size "
                    + batchSize + " (expected replicas, rows ≥ 0 and a size ≥ 1)");
        }
        this.rows = rows.clone();
        this.batchSize = batchSize;
        this.averaging = averaging;
        this.longest =
                Arrays.stream(rows).map(n -> batchesFor(n, batchSize)).max().getAsInt();
        this.batchesPerEpoch =
                Arrays.stream(rows).mapToLong(n -> batchesFor(n, batchSize)).sum();
    }

    private static int batchesFor(int rows, int batchSize) {
        return (int) (((long) rows + batchSize - 1) / batchSize);
    }

    public int ranks() {
        return rows.length;
    }

    public int batchSize() {
        return batchSize;
    }

    /** Training examples of a rank. */
    public int rows(int rank) {
        return rows[rank];
    }

    /** Training examples of the whole gang: what an epoch sees. */
    public long examples() {
        return Arrays.stream(rows).asLongStream().sum();
    }

    /** Batches of a rank in an epoch. */
    public int batches(int rank) {
        return batchesFor(rows[rank], batchSize);
    }

    /**
     * Rounds of an epoch.
     *
     * @param epoch from 0, as everywhere here
     */
    public int rounds(int epoch) {
        return batchesFor(longest, averaging.every(epoch));
    }

    /**
     * The first local step of a round, in an epoch's count from 0; ranks without batches left have none.
     *
     * @param round of the epoch, from 0
     */
    public int firstStep(int rank, int epoch, int round) {
        return (int) Math.min(batches(rank), (long) round * averaging.every(epoch));
    }

    /** One past a rank's last local step of a round. */
    public int endStep(int rank, int epoch, int round) {
        return (int) Math.min(batches(rank), (round + 1L) * averaging.every(epoch));
    }

    /** Examples in the batch of a local step: the batch size, or what is left. */
    public int rowsAt(int rank, int step) {
        return Math.min(batchSize, rows[rank] - step * batchSize);
    }

    /** Examples that a rank trains in a round: its weight in the round's averaging. */
    public int examples(int rank, int epoch, int round) {
        int first = firstStep(rank, epoch, round);
        int end = endStep(rank, epoch, round);
        return first == end ? 0 : Math.min(rows[rank], end * batchSize) - first * batchSize;
    }

    /** Of every rank: {@link #examples(int, int, int)} in a round. */
    public int[] weights(int epoch, int round) {
        int[] weights = new int[rows.length];
        for (int rank = 0; rank < weights.length; rank++) {
            weights[rank] = examples(rank, epoch, round);
        }
        return weights;
    }

    /** The progress of schedules where a round begins, the same for all ranks. */
    public long batchesBeforeRound(int epoch, int round) {
        return batchesBefore(epoch, (int) Math.min(longest, (long) round * averaging.every(epoch)));
    }

    /**
     * The progress of schedules: batches that the whole gang has trained when each replica has done {@code step} local steps of an epoch, a ragged one counting
     * as one: epoch·Σ B + Σ min(step, B), B the batches of each rank.
     *
     * @param epoch from 0
     */
    public long batchesBefore(int epoch, int step) {
        long done = epoch * batchesPerEpoch;
        for (int n : rows) {
            done += Math.min(step, batchesFor(n, batchSize));
        }
        return done;
    }
}
