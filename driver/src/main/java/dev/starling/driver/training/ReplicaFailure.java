package dev.starling.driver.training;

import dev.starling.driver.checkpoint.DamagedCheckpoint;
import dev.starling.driver.training.TaskResult.Failed;
import dev.starling.driver.training.TaskResult.Kind;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import java.io.PrintWriter;
import java.io.StringWriter;

/** From what a replica threw to what its task tells the driver. */
final class ReplicaFailure {
    private ReplicaFailure() {}

    /** @param executor where the replica ran, for messages */
    static Failed of(Throwable e, int rank, String executor) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        boolean ofPeer = e instanceof TrainingFailed && e.getCause() instanceof TrainingFailed;
        return new Failed(kind(e), ofPeer, message(e, rank, executor), trace.toString());
    }

    private static Kind kind(Throwable e) {
        if (e instanceof InvalidInput) {
            return Kind.INVALID_INPUT;
        }
        if (e instanceof DamagedCheckpoint) {
            return Kind.DAMAGED_CHECKPOINT;
        }
        return e instanceof TrainingFailed failed && failed.isForGood() ? Kind.FOR_GOOD : Kind.PASSING;
    }

    private static String message(Throwable e, int rank, String executor) {
        if (e instanceof TrainingFailed || e instanceof InvalidInput || e instanceof DamagedCheckpoint) {
            return e.getMessage();
        }
        String who = "Cannot go on training: replica " + rank + " on executor " + executor;
        return e instanceof OutOfMemoryError
                ? who + " ran out of memory: " + e.getMessage()
                        + " (expected more, by --conf spark.executor.memory=… or, on one machine, spark.driver.memory=…)"
                : who + " failed: " + e;
    }
}
