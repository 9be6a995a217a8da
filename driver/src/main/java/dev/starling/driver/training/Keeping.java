package dev.starling.driver.training;

import dev.starling.driver.checkpoint.CheckpointFolder;
import dev.starling.driver.checkpoint.CheckpointPlace;
import dev.starling.driver.checkpoint.GangCheckpoints;
import dev.starling.worker.gang.Checkpoints;
import java.io.Serializable;
import java.util.List;

/**
 * What a task needs to know to keep its state and to go on from one.
 *
 * @param places none or one; a list since it travels to executors, which an Optional cannot
 * @param from none, or the name of the checkpoint that the attempt goes on from
 */
record Keeping(FaultSpec faults, List<CheckpointPlace> places, List<String> from) implements Serializable {
    Keeping {
        places = List.copyOf(places);
        from = List.copyOf(from);
    }

    /**
     * In a task.
     *
     * @param attempt id of the attempt, the same in all tasks
     * @return closed by the caller
     */
    Checkpoints open(String attempt, int rank, int replicas) {
        if (places.isEmpty()) {
            return Checkpoints.NONE;
        }
        CheckpointFolder folder = places.get(0).folder();
        GangCheckpoints.Settings settings = new GangCheckpoints.Settings(
                folder,
                attempt,
                faults.checkpoint(),
                faults.keep(),
                faults.peerTimeout().toNanos(),
                replicas);
        return new GangCheckpoints(settings, from.stream().findFirst().map(folder::find), rank);
    }
}
