package dev.starling.driver.dl4j;

import dev.starling.driver.cluster.Executors;
import dev.starling.driver.dl4j.FitTask.Attendants;
import dev.starling.driver.training.Meeting;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.dl4j.FitSpec;
import dev.starling.worker.dl4j.NetworkCopy;
import dev.starling.worker.exchange.TrainingFailed;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** One fit: the network goes out by one broadcast, examples by one shuffle, and one barrier stage trains. */
record Fit(JavaSparkContext spark, MasterSettings settings, Attendants attendants) {
    private static final Logger LOG = LoggerFactory.getLogger(StarlingTrainingMaster.class);
    private static final ClassTag<byte[]> BYTES = ClassTag$.MODULE$.apply(byte[].class);

    /**
     * Trains on all data, once.
     *
     * @param copy not kept
     * @param seed of dropout
     * @return by rank
     * @throws InvalidInput if there are fewer task slots than workers, or if what is attended cannot travel
     * @throws TrainingFailed if a replica failed
     */
    <T> List<FitResult.Done> run(
            NetworkCopy copy, long seed, JavaRDD<T> data, Function<T, MultiDataSet> toMultiDataSet) {
        int replicas = replicas();
        requireShippable();
        JavaRDD<byte[]> frames = ExampleShuffle.deal(data, toMultiDataSet, replicas);
        Broadcast<byte[]> network = spark.broadcast(FitResult.serialize(copy));
        try {
            FitTask task = new FitTask(
                    UUID.randomUUID().toString(),
                    replicas,
                    new FitSpec(
                            settings.batchSizePerWorker(),
                            settings.averagingFrequency(),
                            settings.updaterState(),
                            settings.step(),
                            seed),
                    spark.sc().isLocal(),
                    settings.peerTimeout(),
                    network,
                    attendants);
            return done(
                    JavaRDD.fromRDD(frames.rdd().barrier().mapPartitions(task, false, BYTES), BYTES).collect().stream()
                            .map(FitResult::fromBytes)
                            .toList());
        } finally {
            network.destroy();
        }
    }

    private int replicas() {
        SparkContext context = spark.sc();
        Executors.await(context, LOG::info);
        int wanted = settings.workers().orElse(context.defaultParallelism());
        int slots = Executors.slots(context, wanted);
        int replicas = settings.workers().orElse(Math.min(slots, wanted));
        if (slots < replicas) {
            throw new InvalidInput("Cannot train with workers " + replicas + ": there are " + slots
                    + " task slots (expected as many slots as workers; more cores, or fewer workers)");
        }
        Meeting.check(context, replicas);
        return replicas;
    }

    /** Says who cannot travel, where Spark would say that a task cannot. */
    private void requireShippable() {
        for (Object one : attendants.listeners()) {
            requireShippable("listener", one);
        }
        for (Object one : attendants.hooks()) {
            requireShippable("hook", one);
        }
    }

    private static void requireShippable(String what, Object one) {
        try {
            if (one instanceof java.io.Serializable serializable) {
                FitResult.serialize(serializable);
                return;
            }
        } catch (RuntimeException e) {
            throw new InvalidInput("Cannot send " + what + " " + one.getClass().getName() + " to the replicas: "
                    + e.getMessage() + " (expected it to be serializable)");
        } catch (Exception e) {
            // Java's serializer declares nothing and throws NotSerializableException all the same.
            throw new InvalidInput("Cannot send " + what + " " + one.getClass().getName() + " to the replicas: " + e
                    + " (expected it to be serializable)");
        }
        throw new InvalidInput("Cannot send " + what + " " + one.getClass().getName()
                + " to the replicas (expected it to be serializable: each replica has a copy)");
    }

    /** Throws what went wrong, if anything did: the first replica's own failure rather than that of one that only waited for it. */
    private static List<FitResult.Done> done(List<FitResult> results) {
        List<FitResult.Failed> failures = results.stream()
                .filter(FitResult.Failed.class::isInstance)
                .map(FitResult.Failed.class::cast)
                .toList();
        if (failures.isEmpty()) {
            return results.stream().map(FitResult.Done.class::cast).toList();
        }
        FitResult.Failed first =
                failures.stream().filter(f -> !f.ofPeer()).findFirst().orElse(failures.get(0));
        throw new TrainingFailed(first.message(), new IllegalStateException("In the replica: " + first.trace()));
    }
}
