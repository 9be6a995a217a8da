package dev.starling.worker.exchange;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Watches the replicas of one JVM: one that neither waits for others nor beats has got stuck, and nobody else can see it, for its JVM lives. Watched by one thread.
 */
final class Vigil {
    private final int[] ranks;
    private final GangBarrier barrier;
    private final long silenceNanos;
    private final AtomicIntegerArray waiting;
    private final long[] beats;
    private final long[] heard;

    /** @param ranks by place */
    Vigil(int[] ranks, GangBarrier barrier, Duration silence) {
        this.ranks = ranks.clone();
        this.barrier = barrier;
        this.silenceNanos = silence.toNanos();
        this.waiting = new AtomicIntegerArray(ranks.length);
        this.beats = new long[ranks.length];
        this.heard = new long[ranks.length];
        Arrays.fill(heard, System.nanoTime());
    }

    void setWaiting(int place, boolean waits) {
        waiting.set(place, waits ? 1 : 0);
    }

    /** @return a message that names a replica that is stuck */
    Optional<String> watch() {
        long now = System.nanoTime();
        for (int place = 0; place < ranks.length; place++) {
            long found = barrier.beats(place);
            if (waiting.get(place) == 1 || found != beats[place]) {
                beats[place] = found;
                heard[place] = now;
            } else if (now - heard[place] > silenceNanos) {
                return Optional.of("Cannot go on training: no sign of life of replica " + ranks[place] + " in "
                        + silenceNanos / 1e9 + " s (expected a batch within it)");
            }
        }
        return Optional.empty();
    }
}
