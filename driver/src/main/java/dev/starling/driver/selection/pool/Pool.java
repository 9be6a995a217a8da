package dev.starling.driver.selection.pool;

import dev.starling.driver.cluster.Slots;
import dev.starling.driver.data.RawData;
import dev.starling.driver.transport.DriverServer;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** Runs units on all slots until their source has nothing any more. One long Spark job: what a unit costs beyond its training is a message to the driver and back. */
public final class Pool {
    private static final Duration SLOTS_PATIENCE = Duration.ofSeconds(10);

    private Pool() {}

    /** As {@link #run(JavaSparkContext, RawData, UnitSource, int)}, on all slots that there are. */
    public static void run(JavaSparkContext spark, RawData data, UnitSource source) {
        run(spark, data, source, Integer.MAX_VALUE);
    }

    /** As {@link #run(JavaSparkContext, List, UnitSource, int)}, on one data set. */
    public static void run(JavaSparkContext spark, RawData data, UnitSource source, int most) {
        run(spark, List.of(data), source, most);
    }

    /**
     * Runs; returns when every slot was told Done.
     *
     * @param data stay the caller's; units name them by {@link Recipe#data}, and each JVM reads one when a unit first needs it
     * @param most slots to use at most, ≥ 1
     * @throws InvalidInput if there is no slot
     * @throws TrainingFailed if Spark ends the job although no unit is to blame; what the source itself throws comes out as it is
     */
    public static void run(JavaSparkContext spark, List<RawData> data, UnitSource source, int most) {
        SparkContext context = spark.sc();
        int slots = Math.min(most, slots(context));
        Desk desk = new Desk(source);
        try (DriverServer server = DriverServer.start(context, new DeskHandler(desk))) {
            SlotTask task = new SlotTask(
                    UUID.randomUUID().toString(),
                    data.stream().map(RawData::assembly).toList(),
                    server.address(),
                    new SerializableConfiguration(spark.hadoopConfiguration()));
            SlotsRdd rdd = new SlotsRdd(
                    context, data.stream().map(d -> d.blocks().rdd()).toList(), slots, hosts(context), task);
            while (!run(rdd, desk)) {
                // Executors that died have ended the job; each took the unit that it ran with it, so this ends.
            }
        }
        desk.broken().ifPresent(e -> {
            throw e;
        });
    }

    /** Whether all is done; if not, the job ended because executors did, and is to be run again. */
    private static boolean run(SlotsRdd rdd, Desk desk) {
        long before = desk.events();
        try {
            JavaRDD.fromRDD(rdd, SlotsRdd.BYTES).collect();
            return true;
        } catch (Exception e) { // Scala throws checked exceptions without saying so.
            if (desk.broken().isPresent()) {
                return true;
            }
            boolean isGone = rdd.context().isStopped() || Thread.currentThread().isInterrupted();
            if (desk.events() == before || isGone) {
                throw new TrainingFailed("Cannot run units: Spark ended their job: " + e.getMessage(), e);
            }
            return false;
        }
    }

    private static int slots(SparkContext spark) {
        Slots slots = new Slots(spark);
        try {
            slots.await(1, SLOTS_PATIENCE, none -> {
                throw new InvalidInput("Cannot run units: there is no task slot (expected executors with free cores)");
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed("Cannot run units: interrupted while waiting for executors", e);
        }
        return slots.count();
    }

    /** Any of them will do: without a preference of its own, Spark would wait seconds for the executor that holds the first block. */
    private static List<String> hosts(SparkContext spark) {
        return Arrays.stream(spark.statusTracker().getExecutorInfos())
                .map(SparkExecutorInfo::host)
                .distinct()
                .toList();
    }
}
