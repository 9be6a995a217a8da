package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What the replicas of one gang in one JVM see of each other. A place is a replica's number among them. Each writes its own places; the barrier orders writes and reads.
 */
final class SharedGang {
    private final String run;
    private final int[] ranks;
    private final GangBarrier barrier;
    private final Vigil vigil;
    private final AtomicReferenceArray<List<FlatVector>> offered;
    private final AtomicReferenceArray<RoundReport> reports;
    private final AtomicReferenceArray<byte[]> sayings;
    /** Made once all have joined. */
    private volatile List<Track> tracks = List.of();

    /** @param ranks by place */
    SharedGang(String run, int[] ranks, Duration silence) {
        this.run = run;
        this.ranks = ranks.clone();
        this.barrier = new GangBarrier(ranks, silence);
        this.vigil = new Vigil(ranks, barrier, silence);
        this.offered = new AtomicReferenceArray<>(ranks.length);
        this.reports = new AtomicReferenceArray<>(ranks.length);
        this.sayings = new AtomicReferenceArray<>(ranks.length);
    }

    String run() {
        return run;
    }

    /** Replicas in this JVM. */
    int places() {
        return ranks.length;
    }

    int rank(int place) {
        return ranks[place];
    }

    GangBarrier barrier() {
        return barrier;
    }

    /** Around a call in which the replica waits for others. */
    void setWaiting(int place, boolean waits) {
        vigil.setWaiting(place, waits);
    }

    /** @return what to say of a replica here that works on something else for too long */
    Optional<String> watch() {
        return vigil.watch();
    }

    /** Keeps their memory until {@link #dissolve}: a replica that fails frees its own while peers may be writing their means into it. */
    void offer(int place, List<FlatVector> mine) {
        mine.forEach(FlatVector::retain);
        offered.set(place, List.copyOf(mine));
    }

    /** Once all have left: lets go of their vectors. */
    void dissolve() {
        for (int place = 0; place < places(); place++) {
            List<FlatVector> its = offered.getAndSet(place, List.of());
            if (its != null) {
                its.forEach(FlatVector::release);
            }
        }
    }

    /**
     * Once all have offered.
     *
     * @param direct replicas that take means as they are computed
     * @param ofGang ranks in all JVMs
     * @param compression of the first vector
     */
    void makeTracks(int direct, int ofGang, Compression compression) {
        List<Track> made = new ArrayList<>();
        for (int v = 0; v < offered.get(0).size(); v++) {
            List<FlatVector> vectors = new ArrayList<>();
            for (int place = 0; place < places(); place++) {
                vectors.add(offered.get(place).get(v));
                requireLength(
                        v,
                        rank(place),
                        vectors.get(place).length(),
                        rank(0),
                        vectors.get(0).length());
            }
            boolean half = v == 0 && compression == Compression.FP16;
            made.add(half ? new HalfTrack(vectors, ranks, ofGang) : new FloatTrack(vectors, direct));
        }
        tracks = List.copyOf(made);
    }

    static void requireLength(int vector, int rank, int found, int first, int expected) {
        if (found != expected) {
            throw new TrainingFailed("Cannot average vector " + vector + ": " + found + " floats in replica " + rank
                    + " (expected " + expected + " as in replica " + first + ")");
        }
    }

    List<Track> tracks() {
        return tracks;
    }

    List<StateVector> state(int place) {
        return tracks.stream().flatMap(track -> track.state(place).stream()).toList();
    }

    void report(int place, RoundReport report) {
        reports.set(place, report);
    }

    RoundReport report(int place) {
        return reports.get(place);
    }

    void say(int place, byte[] bytes) {
        sayings.set(place, bytes);
    }

    byte[] said(int place) {
        return sayings.get(place);
    }
}
