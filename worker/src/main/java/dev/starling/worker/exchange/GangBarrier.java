package dev.starling.worker.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the replicas of one JVM wait for each other. Waiting spins briefly, since peers mostly come within microseconds, then parks. A failure of any replica
 * ends all waiting, and so does silence: nobody that is missing has shown a sign of life for the given time, however long a round may take. Thread-safe.
 */
final class GangBarrier {
    private static final int SPINS = 2000;
    private static final long LOOK_AROUND_NANOS = 100_000_000;
    /** Longs between two ranks' beats, so that they do not share a cache line. */
    private static final int STRIDE = 16;

    private final int ranks;
    private final int spins;
    private final long silenceNanos;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicIntegerArray arrivals;
    private final AtomicReferenceArray<Thread> parked;
    private final AtomicLongArray beats;
    private final AtomicReference<TrainingFailed> failure = new AtomicReference<>();

    GangBarrier(int ranks, Duration silence) {
        this.ranks = ranks;
        // Where threads share a core, a spinning one keeps from working whom it waits for.
        this.spins = ranks <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
        this.silenceNanos = silence.toNanos();
        this.arrivals = new AtomicIntegerArray(ranks);
        this.parked = new AtomicReferenceArray<>(ranks);
        this.beats = new AtomicLongArray(ranks * STRIDE);
    }

    void beat(int rank) {
        beats.setRelease(rank * STRIDE, beats.getPlain(rank * STRIDE) + 1);
    }

    /** The first failure counts; it wakes all. */
    void fail(TrainingFailed cause) {
        failure.compareAndSet(null, cause);
        unparkAll();
    }

    /**
     * Returns when all ranks are here.
     *
     * @throws TrainingFailed once any rank failed, or on silence or interruption of this thread
     */
    void await(int rank) {
        throwIfFailed();
        int current = generation.get();
        arrivals.set(rank, current + 1);
        if (arrived.incrementAndGet() == ranks) {
            arrived.set(0);
            generation.set(current + 1);
            unparkAll();
            return;
        }
        for (int i = 0; i < spins && generation.get() == current; i++) {
            Thread.onSpinWait();
        }
        if (generation.get() == current) {
            park(rank, current);
        }
    }

    private void park(int rank, int current) {
        parked.set(rank, Thread.currentThread());
        long heard = beatsOfAll();
        long heardAt = System.nanoTime();
        while (generation.get() == current) {
            throwIfFailed();
            LockSupport.parkNanos(this, LOOK_AROUND_NANOS);
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                fail(new TrainingFailed("Cannot go on training: replica " + rank + " was interrupted"));
            }
            if (heard != beatsOfAll()) {
                heard = beatsOfAll();
                heardAt = System.nanoTime();
            } else if (System.nanoTime() - heardAt > silenceNanos) {
                fail(new TrainingFailed("Cannot go on training: no sign of life of replicas " + missing(current + 1)
                        + " in " + Duration.ofNanos(silenceNanos).toSeconds() + " s (expected a batch within it)"));
            }
        }
        parked.set(rank, null);
    }

    private long beatsOfAll() {
        long sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += beats.getAcquire(rank * STRIDE);
        }
        return sum;
    }

    private List<Integer> missing(int generationAwaited) {
        List<Integer> missing = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            if (arrivals.get(rank) != generationAwaited) {
                missing.add(rank);
            }
        }
        return missing;
    }

    private void throwIfFailed() {
        TrainingFailed cause = failure.get();
        if (cause != null) {
            throw new TrainingFailed(cause.getMessage(), cause);
        }
    }

    private void unparkAll() {
        for (int rank = 0; rank < ranks; rank++) {
            Thread thread = parked.get(rank);
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }
}
