package dev.starling.driver.checkpoint;

import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.Checkpoints;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One replica's end of the checkpoints of its gang. Used by the replica's thread; files are written on a thread of its own, from copies, so that training waits for no disk. A
 * write that fails is repeated for a while; then training fails for good, and the checkpoints before it stay as they are.
 */
public final class GangCheckpoints implements Checkpoints {
    private static final long PATIENCE_AT_END_SECONDS = 30;

    private final Settings settings;
    private final Optional<StoredCheckpoint> from;
    private final int rank;
    private final Pace pace;
    private final Arena memory = new Arena();
    private final Map<String, FlatVector> copies = new HashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(GangCheckpoints::daemon);
    private Future<?> writing = CompletableFuture.completedFuture(null);

    /**
     * What is the same in all replicas of an attempt.
     *
     * @param attempt its id
     * @param keep how many checkpoints stay
     * @param patienceNanos how long a failing write is repeated
     */
    public record Settings(
            CheckpointFolder folder, String attempt, CheckpointRule rule, int keep, long patienceNanos, int replicas) {}

    /** @param from what training goes on from */
    public GangCheckpoints(Settings settings, Optional<StoredCheckpoint> from, int rank) {
        this.settings = settings;
        this.from = from;
        this.rank = rank;
        this.pace = new Pace(settings.rule, System.nanoTime());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "starling-checkpoint");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Optional<Saved> saved() {
        return from.map(stored -> new SavedState(stored, rank, settings.replicas));
    }

    @Override
    public boolean isDue(boolean endsEpoch) {
        boolean idle = writing.isDone();
        // An epoch's end that is owed waits for the disk: where every round is to be kept, no write would ever happen
        // to be over just then.
        if (idle || (rank == 0 && pace.owes(endsEpoch))) {
            requireWritten();
            idle = true;
        }
        if (rank != 0) {
            return false;
        }
        long now = System.nanoTime();
        boolean due = pace.isDue(endsEpoch, now) && idle;
        if (due) {
            pace.taken(endsEpoch, now);
        }
        return due;
    }

    /** Rank 0 asks for one only when all files of the last are there, so nobody waits here. */
    @Override
    public void save(Snapshot snapshot) {
        requireWritten();
        List<StateVector> shared = new ArrayList<>();
        List<StateVector> own = new ArrayList<>();
        for (StateVector vector : snapshot.vectors()) {
            if (!vector.shared()) {
                own.add(copy(vector));
            } else if (rank == 0) {
                shared.add(copy(vector));
            }
        }
        Draft draft = settings.folder.draft(snapshot.position(), settings.attempt);
        writing = thread.submit(() -> {
            write(draft, snapshot, shared, own);
            return true;
        });
    }

    private StateVector copy(StateVector vector) {
        FlatVector copy = copies.computeIfAbsent(
                vector.name(), name -> memory.allocate(vector.vector().length()));
        copy.set(vector.vector());
        return new StateVector(vector.name(), copy, vector.shared());
    }

    private void write(Draft draft, Snapshot snapshot, List<StateVector> shared, List<StateVector> own)
            throws InterruptedException {
        Repetition repetition = new Repetition(settings.patienceNanos);
        repetition.of(() -> draft.write(StoredCheckpoint.ofRank(rank), snapshot.own(), own));
        if (rank == 0) {
            repetition.of(() -> draft.write(StoredCheckpoint.SHARED, snapshot.common(), shared));
            repetition.until(() -> draft.isWhole(settings.replicas));
            repetition.of(() -> draft.commit(snapshot.position(), settings.replicas));
            repetition.of(() -> settings.folder.prune(settings.keep));
        }
    }

    /** Waits for the last write; throws what became of it. */
    private void requireWritten() {
        try {
            writing.get();
        } catch (ExecutionException e) {
            throw TrainingFailed.forGood(
                    "Cannot keep a checkpoint in " + settings.folder.location() + ": "
                            + e.getCause().getMessage() + " (expected a store that can be written; tried for "
                            + TimeUnit.NANOSECONDS.toSeconds(settings.patienceNanos)
                            + " s; the checkpoints before it are whole)",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingFailed("Cannot go on training: replica " + rank + " was interrupted", e);
        }
    }

    /** Gives up what is being written: training has ended, or goes on from what is committed. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_AT_END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Cannot end the writing of a checkpoint in "
                        + settings.folder.location() + " (expected it to end when interrupted)");
            }
            memory.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The task is being killed, and its process does not live on for this.
        }
    }
}
