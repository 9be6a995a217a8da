package dev.starling.driver.checkpoint;

import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.gang.Position;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The checkpoints of a run, in {@code checkpoints/} of its directory. Each is a folder that was written under a name beginning with a dot and then renamed as one; what has no
 * commit mark, or lacks a file that its mark names, is no checkpoint. The driver and all replicas use it at once, each from its own machine.
 */
public final class CheckpointFolder {
    private static final String NAME = "checkpoints";

    private final StoreFiles files;

    private CheckpointFolder(StoreFiles files) {
        this.files = files;
    }

    /** @param run directory of a run, absolute; without a scheme the local disk */
    public static CheckpointFolder of(URI run, Configuration configuration) {
        return new CheckpointFolder(StoreFiles.at(run, configuration).child(NAME));
    }

    /** The absolute path where local, else the URI. */
    public String location() {
        return files.location();
    }

    /**
     * A checkpoint to be written, the same for all ranks that say the same.
     *
     * @param attempt id of the attempt at training, so that one that is given up and yet goes on harms nothing
     */
    Draft draft(Position position, String attempt) {
        String name =
                String.format(Locale.ROOT, "epoch-%06d-round-%07d-%s", position.epoch(), position.round(), attempt);
        return new Draft(files.child("." + name), name);
    }

    /** Whole by their marks, the one furthest on first; what is inside the files only reading them tells. */
    public List<StoredCheckpoint> committed() {
        List<StoredCheckpoint> found = new ArrayList<>();
        for (String name : files.folders()) {
            if (!name.startsWith(".")) {
                stored(files.child(name)).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(StoredCheckpoint::position)
                .thenComparing(StoredCheckpoint::name)
                .reversed());
        return found;
    }

    /**
     * One of {@link #committed} by its name.
     *
     * @throws DamagedCheckpoint if it is no longer there
     */
    public StoredCheckpoint find(String name) {
        return stored(files.child(name))
                .orElseThrow(() -> new DamagedCheckpoint("Cannot go on from checkpoint "
                        + files.child(name).location() + ": it is not whole (expected all files that it had)"));
    }

    private static Optional<StoredCheckpoint> stored(StoreFiles folder) {
        if (!folder.has(CommitMark.NAME)) {
            return Optional.empty();
        }
        try {
            CommitMark mark =
                    CommitMark.fromBytes(folder.read(CommitMark.NAME), folder.location() + "/" + CommitMark.NAME);
            boolean whole =
                    folder.lengths().entrySet().containsAll(mark.lengths().entrySet());
            return whole ? Optional.of(new StoredCheckpoint(folder, mark)) : Optional.empty();
        } catch (DamagedCheckpoint | UncheckedIOException e) {
            return Optional.empty(); // Being removed by another, or cut short: no checkpoint in either case.
        }
    }

    /** Whether anything is there that is, or was meant to be, a checkpoint. */
    public boolean isEmpty() {
        return files.folders().stream().allMatch(name -> name.startsWith("."));
    }

    /**
     * Removes all but the newest, and the newest of an epoch's boundary, from which another number of replicas can go on.
     *
     * @param keep how many stay at least
     */
    void prune(int keep) {
        List<StoredCheckpoint> committed = committed();
        Optional<StoredCheckpoint> boundary =
                committed.stream().filter(c -> c.position().isBoundary()).findFirst();
        for (int i = keep; i < committed.size(); i++) {
            if (boundary.isEmpty()
                    || !boundary.get().name().equals(committed.get(i).name())) {
                committed.get(i).delete();
            }
        }
    }

    /**
     * Before an attempt: removes what earlier ones did not finish, and what lies further on than where this one begins.
     *
     * @param from where the attempt begins; empty for the beginning
     */
    public void clearFor(Optional<StoredCheckpoint> from) {
        for (String name : files.folders()) {
            if (name.startsWith(".")) {
                files.child(name).delete();
            }
        }
        Position begin = from.map(StoredCheckpoint::position).orElse(Position.START);
        for (StoredCheckpoint checkpoint : committed()) {
            if (checkpoint.position().compareTo(begin) > 0) {
                checkpoint.delete();
            }
        }
    }

    /** All of it: the run is finished. */
    public void delete() {
        if (files.exists()) {
            files.delete();
        }
    }
}
