package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.util.ArrayList;
import java.util.List;

/**
 * Averaging between replicas of one JVM: each rank computes its own slice of every vector over all ranks and writes the mean into all of them, between
 * two waits at a barrier. Used by its replica's thread.
 */
final class SharedMemoryExchange implements Exchange {
    /** Slices begin at whole cache lines, so that two ranks never write to the same one. */
    private static final int LINE = 16;

    private final SharedGang gang;
    private final int rank;
    private final TreeMean mean;
    private long waitingNanos;

    SharedMemoryExchange(SharedGang gang, int rank) {
        this.gang = gang;
        this.rank = rank;
        this.mean = new TreeMean(gang.ranks());
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int ranks() {
        return gang.ranks();
    }

    @Override
    public void join(List<FlatVector> vectors) {
        gang.offer(rank, vectors);
        gang.barrier().await(rank);
        if (rank == 0) {
            gang.sortVectors();
        }
        gang.barrier().await(rank);
    }

    @Override
    public RoundReport average(RoundReport mine, int[] weights) {
        gang.report(rank, mine);
        await();
        // Between the two waits nobody writes a report, so all ranks read the same ones.
        RoundReport merged = RoundReport.NONE;
        for (int peer = 0; peer < ranks(); peer++) {
            merged = merged.plus(gang.report(peer).checked(peer, weights));
        }
        mean.weigh(weights);
        for (int v = 0; v < gang.vectorCount(); v++) {
            FlatVector[] vectors = gang.vectors(v);
            int length = vectors[0].length();
            mean.mean(vectors, sliceStart(rank, length), sliceStart(rank + 1, length));
        }
        await();
        return merged;
    }

    private int sliceStart(int slice, int length) {
        if (slice == ranks()) {
            return length;
        }
        return (int) ((long) length * slice / ranks()) / LINE * LINE;
    }

    private void await() {
        long start = System.nanoTime();
        gang.barrier().await(rank);
        waitingNanos += System.nanoTime() - start;
    }

    @Override
    public List<byte[]> gather(byte[] mine) {
        gang.say(rank, mine);
        gang.barrier().await(rank);
        List<byte[]> all = new ArrayList<>();
        for (int peer = 0; peer < ranks(); peer++) {
            all.add(gang.said(peer));
        }
        gang.barrier().await(rank);
        return all;
    }

    @Override
    public void beat() {
        gang.barrier().beat(rank);
    }

    @Override
    public void fail(Throwable cause) {
        gang.barrier().fail(new TrainingFailed("Cannot go on training: replica " + rank + " failed: " + cause, cause));
    }

    @Override
    public long waitingNanos() {
        return waitingNanos;
    }

    @Override
    public void close() {
        GangRegistry.leave(gang, rank);
    }
}
