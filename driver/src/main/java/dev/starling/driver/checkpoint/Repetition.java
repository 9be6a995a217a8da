package dev.starling.driver.checkpoint;

import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** Repeats what a store refuses, for a name node that is being restarted answers again. */
record Repetition(long patienceNanos) {
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** @throws UncheckedIOException the last one, when patience is used up */
    void of(Runnable action) throws InterruptedException {
        long start = System.nanoTime();
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = longer(pause)) {
            try {
                action.run();
                return;
            } catch (UncheckedIOException e) {
                if (Thread.currentThread().isInterrupted() || System.nanoTime() - start > patienceNanos) {
                    throw e;
                }
            }
            Thread.sleep(pause);
        }
    }

    /** Looks again and again, without end: it is for others to say that they cannot. */
    void until(BooleanSupplier condition) throws InterruptedException {
        boolean[] met = {false};
        for (long pause = FIRST_PAUSE_MILLIS; !met[0]; pause = longer(pause)) {
            of(() -> met[0] = condition.getAsBoolean());
            if (!met[0]) {
                Thread.sleep(pause);
            }
        }
    }

    private static long longer(long pause) {
        return Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
    }
}
