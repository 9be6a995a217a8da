package dev.starling.driver.cluster;

import dev.starling.worker.InvalidInput;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;

/** The wait for the first executor, which Spark itself would make without end and without a word. */
public final class Executors {
    private static final long QUIET_NANOS = 5_000_000_000L;
    private static final long SLOTS_PATIENCE_NANOS = 10_000_000_000L;
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private Executors() {}

    /**
     * Waits until tasks can run, at most five minutes. On a busy cluster executors come when others end; that is said once.
     *
     * @param tell gets the line about it
     * @throws InvalidInput if this application asks for executors that no worker can give
     * @throws IllegalStateException if none came in time, or Spark gave up
     */
    public static void await(SparkContext spark, Consumer<String> tell) {
        long start = System.nanoTime();
        boolean told = false;
        while (slots(spark) == 0) {
            long waited = System.nanoTime() - start;
            if (spark.isStopped()) {
                throw new IllegalStateException("Cannot start executors on " + spark.master()
                        + ": Spark gave up (expected a Spark master of the same version, and executors that stay)");
            }
            if (waited > PATIENCE_NANOS) {
                throw new IllegalStateException("Cannot start executors on " + spark.master() + ": none came in "
                        + PATIENCE_NANOS / 1_000_000_000 + " s (expected free cores and memory on a worker)");
            }
            if (!told && waited > QUIET_NANOS) {
                told = true;
                requirePossible(spark);
                tell.accept("waiting for executors of " + spark.master());
            }
            sleep();
        }
    }

    private static void requirePossible(SparkContext spark) {
        Optional<String> refusal = StandaloneMaster.refusal(spark);
        if (refusal.isPresent()) {
            throw new InvalidInput("Cannot get executors from " + spark.master() + ": " + refusal.get());
        }
    }

    /** Task slots, after waiting at most ten seconds for so many: on a cluster executors may still be on their way. */
    public static int slots(SparkContext spark, int wanted) {
        long start = System.nanoTime();
        while (slots(spark) < wanted && !spark.isLocal() && System.nanoTime() - start < SLOTS_PATIENCE_NANOS) {
            sleep();
        }
        return slots(spark);
    }

    private static int slots(SparkContext spark) {
        return spark.isStopped() ? 0 : new Slots(spark).count();
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot start executors: interrupted", e);
        }
    }
}
