package dev.starling.driver.training;

import dev.starling.driver.cluster.Slots;
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
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** Trains a network on prepared data by a gang of replicas, in one barrier stage. */
public final class Trainer {
    private static final Duration EXECUTORS_ON_THEIR_WAY = Duration.ofSeconds(10);

    private Trainer() {}

    /** Trains, and keeps no checkpoints: after a failure of a machine it begins again, as often as {@link FaultSpec#DEFAULT} says. */
    public static TrainedModel train(
            JavaSparkContext spark,
            PreparedData data,
            NetworkSpec network,
            TrainingSpec training,
            int replicas,
            ProgressListener listener) {
        return train(spark, data, network, training, replicas, Recovery.WITHOUT_CHECKPOINTS, listener);
    }

    /**
     * Trains.
     *
     * @param data stays the caller's
     * @param replicas 1 to the number of task slots
     * @param recovery what is done about failures; if there are checkpoints already, training goes on from them
     * @param listener told of progress while training runs
     * @throws InvalidInput before anything runs, if network, data, early stopping, replicas or slots do not fit each other; if there are checkpoints, and
     *     none of them is whole
     * @throws TrainingFailed if the loss is not finite any more, or replicas failed more often than retries are allowed
     */
    public static TrainedModel train(
            JavaSparkContext spark,
            PreparedData data,
            NetworkSpec network,
            TrainingSpec training,
            int replicas,
            Recovery recovery,
            ProgressListener listener) {
        check(data, network, training, replicas);
        float[] start = start(spark, data, network, training, replicas, recovery);
        int[] rows = IntStream.range(0, replicas)
                .map(rank -> data.trainRows(rank, replicas))
                .toArray();
        try {
            Meeting.check(spark.sc(), replicas);
            requireSlots(spark.sc(), replicas);
            return new Attempts(spark.sc(), recovery, replicas, listener)
                    .run(
                            data,
                            (keeping, driver) -> new GangSpec(
                                    UUID.randomUUID().toString(),
                                    network,
                                    training,
                                    data.preparation(),
                                    rows,
                                    data.has(Split.VALIDATION),
                                    spark.sc().isLocal(),
                                    keeping,
                                    new SerializableConfiguration(spark.hadoopConfiguration()),
                                    driver,
                                    start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed("Cannot train: interrupted", e);
        }
    }

    /** First parameters that pre-training finds, unless training goes on from a checkpoint, which it has had before; none where they are drawn. */
    private static float[] start(
            JavaSparkContext spark,
            PreparedData data,
            NetworkSpec network,
            TrainingSpec training,
            int replicas,
            Recovery recovery) {
        boolean begun = recovery.checkpoints()
                .map(place -> !place.folder().committed().isEmpty())
                .orElse(false);
        return training.pretraining().isEmpty() || begun
                ? new float[0]
                : Pretrainer.train(spark, data, network, training, replicas, recovery.faults());
    }

    private static void check(PreparedData data, NetworkSpec network, TrainingSpec training, int replicas) {
        int outputs = NetworkLayout.of(network).output().size();
        TargetCoding.of(data.preparation(), network, outputs);
        Scoring scoring = Scoring.of(network, data.preparation().target());
        training.extras().augmentation().check(network.input());
        Problems problems = new Problems();
        if (replicas < 1 || data.rows(Split.TRAIN) < replicas) {
            problems.add("Cannot train " + data.rows(Split.TRAIN) + " examples on cluster.replicas: " + replicas
                    + " (expected at least one replica, and at least one example for each)");
        }
        problems.throwIfAny();
        training.earlyStopping().ifPresent(rule -> Patience.check(rule, scoring, data.has(Split.VALIDATION)));
    }

    /** Spark itself would try again for ten minutes before it says so. On a cluster executors may still be on their way. */
    private static void requireSlots(SparkContext spark, int replicas) throws InterruptedException {
        new Slots(spark).await(replicas, EXECUTORS_ON_THEIR_WAY, slots -> {
            throw new InvalidInput("Cannot train with cluster.replicas: " + replicas + ": there are " + slots
                    + " task slots (expected as many slots as replicas; more cores, or fewer replicas)");
        });
    }
}
