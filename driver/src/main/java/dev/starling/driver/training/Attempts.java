package dev.starling.driver.training;

import dev.starling.driver.checkpoint.CheckpointFolder;
import dev.starling.driver.checkpoint.CheckpointPlace;
import dev.starling.driver.checkpoint.StoredCheckpoint;
import dev.starling.driver.cluster.Slots;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.transport.DriverServer;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkContext;

/**
 * Trains until it is done: an attempt that fails for a reason that may pass is followed by another one, from the last checkpoint, as often as the user allows. A checkpoint that
 * turns out damaged is passed over for the one before it, which is no retry.
 */
final class Attempts {
    /** Beyond the time after which peers are given up: Spark gives up an executor after 30 s, and another one starts. */
    private static final Duration FOR_A_NEW_EXECUTOR = Duration.ofSeconds(60);

    private final SparkContext spark;
    private final Recovery recovery;
    private final int replicas;
    private final ProgressListener listener;
    private final Optional<CheckpointFolder> folder;
    private final Duration slotsPatience;
    private final Set<String> damaged = new HashSet<>();

    Attempts(SparkContext spark, Recovery recovery, int replicas, ProgressListener listener) {
        this.spark = spark;
        this.recovery = recovery;
        this.replicas = replicas;
        this.listener = listener;
        this.folder = recovery.checkpoints().map(CheckpointPlace::folder);
        this.slotsPatience = recovery.faults().peerTimeout().plus(FOR_A_NEW_EXECUTOR);
    }

    /** Makes the gang of an attempt. */
    interface Gangs {
        GangSpec gang(Keeping keeping, DriverServer.Address driver);
    }

    TrainedModel run(PreparedData data, Gangs gangs) throws InterruptedException {
        Optional<String> cause = Optional.empty();
        int retry = 0;
        while (true) {
            Optional<StoredCheckpoint> from = newest(cause);
            folder.ifPresent(f -> f.clearFor(from));
            listener.attempt(
                    new Attempt(retry, recovery.faults().retries(), from.map(StoredCheckpoint::position), cause));
            try {
                return attempt(data, gangs, from);
            } catch (AttemptFailed e) {
                cause = Optional.of(e.getMessage());
                if (e.isOfDamagedCheckpoint()) {
                    damaged.add(from.orElseThrow().name());
                } else if (++retry > recovery.faults().retries()) {
                    throw usedUp(e);
                }
                awaitSlots(e);
            }
        }
    }

    private TrainedModel attempt(PreparedData data, Gangs gangs, Optional<StoredCheckpoint> from)
            throws AttemptFailed, InterruptedException {
        // A server for each attempt: a replica of an earlier one that is not dead but was frozen finds nobody to tell.
        try (DriverServer progress = DriverServer.start(spark, new ProgressHandler(listener))) {
            Keeping keeping = new Keeping(
                    recovery.faults(),
                    recovery.checkpoints().stream().toList(),
                    from.map(StoredCheckpoint::name).stream().toList());
            return new GangJob(spark, slotsPatience).run(data, gangs.gang(keeping, progress.address()));
        }
    }

    /** The checkpoint furthest on that these replicas can go on from; empty to begin. */
    private Optional<StoredCheckpoint> newest(Optional<String> cause) {
        if (folder.isEmpty() || folder.get().isEmpty()) {
            return Optional.empty();
        }
        List<StoredCheckpoint> whole = folder.get().committed().stream()
                .filter(checkpoint -> !damaged.contains(checkpoint.name()))
                .toList();
        if (whole.isEmpty()) {
            String message = "Cannot go on from the checkpoints in "
                    + folder.get().location()
                    + ": none of them is whole" + cause.map(c -> "; " + c).orElse("")
                    + " (expected one; without that folder training begins anew)";
            throw cause.isEmpty() || !damaged.isEmpty() ? new InvalidInput(message) : new TrainingFailed(message);
        }
        return whole.stream().filter(checkpoint -> checkpoint.suits(replicas)).findFirst();
    }

    private void awaitSlots(AttemptFailed failure) throws InterruptedException {
        new Slots(spark).await(replicas, slotsPatience, found -> {
            throw new TrainingFailed(
                    failure.getMessage() + "; and then there were only " + found + " task slots for "
                            + slotsPatience.toSeconds() + " s (expected " + replicas + ", one per replica)",
                    failure);
        });
    }

    private TrainingFailed usedUp(AttemptFailed failure) {
        Optional<String> last = folder.flatMap(f -> f.committed().stream().findFirst())
                .map(c -> "; the last checkpoint is whole: " + c.position());
        return new TrainingFailed(
                failure.getMessage() + " (cluster.retries used up: "
                        + recovery.faults().retries() + last.orElse("") + ")",
                failure);
    }
}
