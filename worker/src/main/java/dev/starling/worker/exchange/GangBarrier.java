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
import java.util.function.BooleanSupplier;

/**
 * Where the replicas of one JVM wait for each other. Waiting spins briefly, since peers mostly come within microseconds, then parks. A failure of any replica
 * ends all waiting, and so does silence: nobody that is missing has shown a sign of life for the given time, however long a round may take. Thread-safe.
 */
final class GangBarrier {
    private static final int SPINS = 2000;
    private static final long LOOK_AROUND_NANOS = 100_000_000;
    /** Longs between two ranks' beats, so that they do not share a cache line. */
    private static final int STRIDE = 16;

    private final int[] ranks;
    private final int places;
    private final int spins;
    private final long silenceNanos;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicIntegerArray arrivals;
    private final AtomicReferenceArray<Thread> parked;
    private final AtomicLongArray beats;
    private final AtomicReference<TrainingFailed> failure = new AtomicReference<>();

    /** @param ranks by place, for messages */
    GangBarrier(int[] ranks, Duration silence) {
        this.ranks = ranks.clone();
        this.places = ranks.length;
        // Where threads share a core, a spinning one keeps from working whom it waits for.
        this.spins = places <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
        this.silenceNanos = silence.toNanos();
        this.arrivals = new AtomicIntegerArray(places);
        this.parked = new AtomicReferenceArray<>(places);
        this.beats = new AtomicLongArray(places * STRIDE);
    }

    void beat(int place) {
        beats.setRelease(place * STRIDE, beats.getPlain(place * STRIDE) + 1);
    }

    /** How often the replica has beaten. */
    long beats(int place) {
        return beats.getAcquire(place * STRIDE);
    }

    /**
     * The first failure counts; it wakes all.
     *
     * @return whether this is the first
     */
    boolean fail(TrainingFailed cause) {
        boolean first = failure.compareAndSet(null, cause);
        unparkAll();
        return first;
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    /**
     * Returns when all ranks are here.
     *
     * @throws TrainingFailed once any rank failed, or on silence or interruption of this thread
     */
    void await(int place) {
        throwIfFailed();
        int current = generation.get();
        arrivals.set(place, current + 1);
        if (arrived.incrementAndGet() == places) {
            arrived.set(0);
            generation.set(current + 1);
            unparkAll();
            return;
        }
        for (int i = 0; i < spins && generation.get() == current; i++) {
            Thread.onSpinWait();
        }
        if (generation.get() == current) {
            park(place, current);
        }
    }

    private void park(int place, int current) {
        parked.set(place, Thread.currentThread());
        long heard = beatsOfAll();
        long heardAt = System.nanoTime();
        while (generation.get() == current) {
            throwIfFailed();
            LockSupport.parkNanos(this, LOOK_AROUND_NANOS);
            failIfInterrupted(place);
            if (heard != beatsOfAll()) {
                heard = beatsOfAll();
                heardAt = System.nanoTime();
            } else if (System.nanoTime() - heardAt > silenceNanos) {
                fail(new TrainingFailed("Cannot go on training: no sign of life of replicas " + missing(current + 1)
                        + " in " + Duration.ofNanos(silenceNanos).toSeconds() + " s (expected a batch within it)"));
            }
        }
        parked.set(place, null);
    }

    /**
     * Returns once something is so; {@link #wake} tells that it may be. Does not spin: it waits for other processes, which want the core.
     *
     * @throws TrainingFailed as {@link #await}, but not on silence, which others watch
     */
    void until(int place, BooleanSupplier isSo) {
        parked.set(place, Thread.currentThread());
        while (!isSo.getAsBoolean()) {
            throwIfFailed();
            LockSupport.parkNanos(this, LOOK_AROUND_NANOS);
            failIfInterrupted(place);
        }
        parked.set(place, null);
    }

    void wake() {
        unparkAll();
    }

    private void failIfInterrupted(int place) {
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            fail(new TrainingFailed("Cannot go on training: replica " + ranks[place] + " was interrupted"));
        }
    }

    private long beatsOfAll() {
        long sum = 0;
        for (int place = 0; place < places; place++) {
            sum += beats(place);
        }
        return sum;
    }

    private List<Integer> missing(int generationAwaited) {
        List<Integer> missing = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            if (arrivals.get(place) != generationAwaited) {
                missing.add(ranks[place]);
            }
        }
        return missing;
    }

    void throwIfFailed() {
        TrainingFailed cause = failure.get();
        if (cause != null) {
            throw new TrainingFailed(cause.getMessage(), cause);
        }
    }

    private void unparkAll() {
        for (int place = 0; place < places; place++) {
            Thread thread = parked.get(place);
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }
}
