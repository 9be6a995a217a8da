package dev.starling.driver.training;

import dev.starling.driver.data.PreparedData;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.TargetCoding;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.Patience;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.reflect.ClassTag;

/** Trains a network on prepared data by a gang of replicas, in one barrier stage. */
public final class Trainer {
    private static final long SLOTS_PATIENCE_NANOS = 10_000_000_000L;

    private Trainer() {}

    /**
     * Trains.
     *
     * @param data stays the caller's
     * @param replicas 1 to the number of task slots
     * @param listener told of progress while training runs
     * @throws InvalidInput before anything runs, if network, data, early stopping, replicas or slots do not fit each other
     * @throws TrainingFailed if the loss is not finite any more or a replica failed
     */
    public static TrainedModel train(
            JavaSparkContext spark,
            PreparedData data,
            NetworkSpec network,
            TrainingSpec training,
            int replicas,
            ProgressListener listener) {
        check(data, network, training, replicas);
        Meeting.check(spark.sc(), replicas);
        requireSlots(spark.sc(), replicas);
        String driver = spark.sc().isLocal() ? "127.0.0.1" : spark.getConf().get("spark.driver.host");
        String bindTo = spark.sc().isLocal() ? driver : spark.getConf().get("spark.driver.bindAddress", driver);
        try (ProgressServer progress =
                ProgressServer.start(driver, bindTo, spark.sc().applicationId(), listener)) {
            GangSpec gang = new GangSpec(
                    UUID.randomUUID().toString(),
                    network,
                    training,
                    data.preparation(),
                    IntStream.range(0, replicas)
                            .map(rank -> data.trainRows(rank, replicas))
                            .toArray(),
                    data.has(Split.VALIDATION),
                    spark.sc().isLocal(),
                    progress.address());
            return run(data, gang);
        }
    }

    private static void check(PreparedData data, NetworkSpec network, TrainingSpec training, int replicas) {
        int outputs = NetworkLayout.of(network).output().size();
        TargetCoding.of(data.preparation(), network.loss(), outputs);
        Scoring scoring = Scoring.of(network.loss(), data.preparation().target(), outputs);
        Problems problems = new Problems();
        if (replicas < 1 || data.rows(Split.TRAIN) < replicas) {
            problems.add("Cannot train " + data.rows(Split.TRAIN) + " examples on cluster.replicas: " + replicas
                    + " (expected at least one replica, and at least one example for each)");
        }
        problems.throwIfAny();
        training.earlyStopping().ifPresent(rule -> Patience.check(rule, scoring, data.has(Split.VALIDATION)));
    }

    /** Spark itself would try again for ten minutes before it says so. On a cluster executors may still be on their way. */
    private static void requireSlots(SparkContext spark, int replicas) {
        long start = System.nanoTime();
        int slots = slots(spark);
        while (slots < replicas && !spark.isLocal() && System.nanoTime() - start < SLOTS_PATIENCE_NANOS) {
            sleep();
            slots = slots(spark);
        }
        if (slots < replicas) {
            throw new InvalidInput("Cannot train with cluster.replicas: " + replicas + ": there are " + slots
                    + " task slots (expected as many slots as replicas; more cores, or fewer replicas)");
        }
    }

    private static int slots(SparkContext spark) {
        return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    }

    private static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed("Cannot train: interrupted while waiting for executors", e);
        }
    }

    private static TrainedModel run(PreparedData data, GangSpec gang) {
        List<TaskResult> results = JavaRDD.fromRDD(
                        data.deal(gang.replicas()).rdd().barrier().mapPartitions(new ReplicaTask(gang), false, BYTES),
                        BYTES)
                .collect()
                .stream()
                .map(TaskResult::fromBytes)
                .toList();
        failure(results);
        TaskResult.Trained trained = (TaskResult.Trained) results.get(0);
        return new TrainedModel(
                trained.parameters(),
                trained.optimizerState(),
                trained.outcome().history(),
                trained.outcome().ending(),
                trained.facts());
    }

    private static final ClassTag<byte[]> BYTES = scala.reflect.ClassTag$.MODULE$.apply(byte[].class);

    /** Throws what went wrong, if anything did: the first replica's own failure rather than that of one that only waited for it. */
    private static void failure(List<TaskResult> results) {
        List<TaskResult.Failed> failures = results.stream()
                .filter(TaskResult.Failed.class::isInstance)
                .map(TaskResult.Failed.class::cast)
                .toList();
        if (failures.isEmpty()) {
            return;
        }
        TaskResult.Failed first =
                failures.stream().filter(f -> !f.ofPeer()).findFirst().orElse(failures.get(0));
        if (first.invalidInput()) {
            throw new InvalidInput(first.message());
        }
        throw new TrainingFailed(first.message(), new IllegalStateException("In the replica: " + first.trace()));
    }
}
