package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What the replicas of one gang in one JVM see of each other. Each rank writes its own places; the barrier orders writes and reads. */
final class SharedGang {
    private final String run;
    private final GangBarrier barrier;
    private final AtomicReferenceArray<List<FlatVector>> offered;
    private final AtomicReferenceArray<RoundReport> reports;
    private final AtomicReferenceArray<byte[]> sayings;
    /** By vector, then by rank; made once all have joined. */
    private volatile FlatVector[][] vectors = {};

    SharedGang(String run, int ranks, Duration silence) {
        this.run = run;
        this.barrier = new GangBarrier(ranks, silence);
        this.offered = new AtomicReferenceArray<>(ranks);
        this.reports = new AtomicReferenceArray<>(ranks);
        this.sayings = new AtomicReferenceArray<>(ranks);
    }

    String run() {
        return run;
    }

    int ranks() {
        return offered.length();
    }

    GangBarrier barrier() {
        return barrier;
    }

    void offer(int rank, List<FlatVector> mine) {
        offered.set(rank, List.copyOf(mine));
    }

    /** Once all have offered. */
    void sortVectors() {
        FlatVector[][] all = new FlatVector[offered.get(0).size()][ranks()];
        for (int v = 0; v < all.length; v++) {
            for (int rank = 0; rank < ranks(); rank++) {
                all[v][rank] = offered.get(rank).get(v);
                if (all[v][rank].length() != all[v][0].length()) {
                    throw new TrainingFailed("Cannot average vector " + v + ": " + all[v][rank].length()
                            + " floats in replica " + rank + " (expected " + all[v][0].length() + " as in replica 0)");
                }
            }
        }
        vectors = all;
    }

    int vectorCount() {
        return vectors.length;
    }

    /** One vector of every rank. */
    FlatVector[] vectors(int v) {
        return vectors[v];
    }

    void report(int rank, RoundReport report) {
        reports.set(rank, report);
    }

    RoundReport report(int rank) {
        return reports.get(rank);
    }

    void say(int rank, byte[] bytes) {
        sayings.set(rank, bytes);
    }

    byte[] said(int rank) {
        return sayings.get(rank);
    }
}
