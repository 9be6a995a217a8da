package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.util.ArrayList;
import java.util.List;

/**
 * Averaging between replicas of one JVM: each rank computes its own slice of every vector over all ranks and writes the mean into all of them, between
 * two waits at a barrier. Used by its replica's thread.
 */
final class SharedMemoryExchange implements Exchange {
    private final SharedGang gang;
    private final int rank;
    private final TreeMean mean;
    private final Weights weights;
    /** By vector and rank; made once all have joined. */
    private Summand[][] summands = {};

    private long waitingNanos;

    SharedMemoryExchange(SharedGang gang, int rank) {
        this.gang = gang;
        this.rank = rank;
        this.mean = new TreeMean(gang.places());
        this.weights = new Weights(gang.places());
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int ranks() {
        return gang.places();
    }

    @Override
    public void join(List<FlatVector> vectors, Compression compression) {
        gang.offer(rank, vectors);
        gang.barrier().await(rank);
        if (rank == 0) {
            gang.makeTracks(gang.places(), gang.places(), compression);
        }
        gang.barrier().await(rank);
        summands = gang.tracks().stream().map(this::summands).toArray(Summand[][]::new);
    }

    private Summand[] summands(Track track) {
        Summand[] all = new Summand[ranks()];
        for (int peer = 0; peer < all.length; peer++) {
            all[peer] = new Summand(new Subtree(peer, peer + 1), track.given(peer), 0);
        }
        return all;
    }

    @Override
    public RoundReport average(RoundReport mine, int[] examples) {
        for (Track track : gang.tracks()) {
            track.before(rank, examples[rank] > 0);
        }
        gang.report(rank, mine);
        await();
        // Between the two waits nobody writes a report, so all ranks read the same ones.
        RoundReport merged = RoundReport.NONE;
        for (int peer = 0; peer < ranks(); peer++) {
            merged = merged.plus(gang.report(peer).checked(peer, examples));
        }
        weights.set(examples);
        for (int v = 0; v < summands.length; v++) {
            Track track = gang.tracks().get(v);
            int from = Slices.start(rank, track.length(), ranks());
            int to = Slices.start(rank + 1, track.length(), ranks());
            mean.mean(summands[v], weights, from, to, track::store);
        }
        await();
        for (Track track : gang.tracks()) {
            track.after(rank);
        }
        return merged;
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
    public List<StateVector> state() {
        return gang.state(rank);
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
