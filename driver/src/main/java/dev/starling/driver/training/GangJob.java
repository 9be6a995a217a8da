package dev.starling.driver.training;

import dev.starling.driver.cluster.Slots;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.training.TaskResult.Failed;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import scala.reflect.ClassTag;

/** One attempt at training: one barrier job, watched until it ends. */
final class GangJob {
    private static final ClassTag<byte[]> BYTES = scala.reflect.ClassTag$.MODULE$.apply(byte[].class);
    private static final long LOOK_AROUND_MILLIS = 500;

    private final SparkContext spark;
    private final Slots slots;
    private final Duration patience;

    /** @param patience how long there may be fewer slots than replicas while the job runs: Spark itself would wait for ever */
    GangJob(SparkContext spark, Duration patience) {
        this.spark = spark;
        this.slots = new Slots(spark);
        this.patience = patience;
    }

    /**
     * Runs the gang.
     *
     * @param data dealt anew, since what an executor held of an earlier dealing may be gone with it
     * @throws AttemptFailed if it may be worth another attempt
     * @throws TrainingFailed if not
     */
    TrainedModel run(PreparedData data, GangSpec gang) throws AttemptFailed, InterruptedException {
        JavaFutureAction<List<byte[]>> job = JavaRDD.fromRDD(
                        data.deal(gang.replicas()).rdd().barrier().mapPartitions(new ReplicaTask(gang), false, BYTES),
                        BYTES)
                .collectAsync();
        try {
            return model(await(job, gang.replicas()).stream()
                    .map(TaskResult::fromBytes)
                    .toList());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (spark.isStopped()) {
                throw new TrainingFailed("Cannot go on training: Spark was stopped", cause);
            }
            String message = String.valueOf(cause.getMessage());
            throw new AttemptFailed("Cannot go on training: " + LostTask.describe(message), false, cause);
        } finally {
            job.cancel(true);
        }
    }

    private List<byte[]> await(JavaFutureAction<List<byte[]>> job, int replicas)
            throws ExecutionException, InterruptedException, AttemptFailed {
        long enough = System.nanoTime();
        while (true) {
            try {
                return job.get(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                int found = spark.isLocal() ? replicas : slots.count();
                if (found >= replicas) {
                    enough = System.nanoTime();
                } else if (System.nanoTime() - enough > patience.toNanos()) {
                    throw new AttemptFailed(
                            "Cannot go on training: " + found + " task slots for " + patience.toSeconds()
                                    + " s (expected " + replicas + ", one per replica)",
                            false,
                            e);
                }
            }
        }
    }

    private static TrainedModel model(List<TaskResult> results) throws AttemptFailed {
        List<Failed> failures = results.stream()
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .toList();
        if (!failures.isEmpty()) {
            throw failure(failures);
        }
        TaskResult.Trained trained = (TaskResult.Trained) results.get(0);
        return new TrainedModel(
                trained.parameters(),
                trained.optimizerState(),
                trained.outcome().history(),
                trained.outcome().ending(),
                trained.facts(),
                results.stream().map(GangJob::device).toList());
    }

    private static String device(TaskResult result) {
        return result instanceof TaskResult.Peer peer ? peer.device() : ((TaskResult.Trained) result).device();
    }

    /** The first replica's own failure counts, rather than that of one that only waited for it. */
    private static AttemptFailed failure(List<Failed> failures) {
        Failed first = failures.stream().filter(f -> !f.ofPeer()).findFirst().orElse(failures.get(0));
        IllegalStateException cause = new IllegalStateException("In the replica: " + first.trace());
        return switch (first.kind()) {
            case INVALID_INPUT -> throw new InvalidInput(first.message());
            case FOR_GOOD -> throw new TrainingFailed(first.message(), cause);
            case DAMAGED_CHECKPOINT -> new AttemptFailed(first.message(), true, cause);
            case PASSING -> new AttemptFailed(first.message(), false, cause);
        };
    }
}
