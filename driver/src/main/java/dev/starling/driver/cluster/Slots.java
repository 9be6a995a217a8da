package dev.starling.driver.cluster;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.apache.spark.SparkContext;

/** Task slots of a cluster: a barrier stage needs all of its own at once. */
public record Slots(SparkContext spark) {
    private static final long PAUSE_MILLIS = 200;

    /** Tasks that can run at a time, busy slots included, and those of an executor that Spark has not yet given up. */
    public int count() {
        return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    }

    /**
     * Waits until there are enough.
     *
     * @param tooFew told how many there are when patience is used up; it throws
     */
    public void await(int wanted, Duration patience, IntConsumer tooFew) throws InterruptedException {
        long start = System.nanoTime();
        int slots = count();
        while (slots < wanted && !spark.isLocal() && System.nanoTime() - start < patience.toNanos()) {
            Thread.sleep(PAUSE_MILLIS);
            slots = count();
        }
        if (slots < wanted) {
            tooFew.accept(slots);
        }
    }
}
