package dev.starling.driver.checkpoint;

import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.gang.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A checkpoint that is whole by its mark. */
public final class StoredCheckpoint {
    /** What all replicas have alike; by rank 0. */
    static final String SHARED = "shared";

    private final StoreFiles files;
    private final CommitMark mark;

    StoredCheckpoint(StoreFiles files, CommitMark mark) {
        this.files = files;
        this.mark = mark;
    }

    /** What a rank has for itself. */
    static String ofRank(int rank) {
        return String.format(Locale.ROOT, "rank-%05d", rank);
    }

    static List<String> names(int replicas) {
        List<String> names = new ArrayList<>(List.of(SHARED));
        for (int rank = 0; rank < replicas; rank++) {
            names.add(ofRank(rank));
        }
        return names;
    }

    public String name() {
        return files.name();
    }

    public String location() {
        return files.location();
    }

    public Position position() {
        return mark.position();
    }

    public int replicas() {
        return mark.replicas();
    }

    /** Whether so many replicas can go on from it: as many as made it, or any number from an epoch's boundary. */
    public boolean suits(int count) {
        return count == mark.replicas() || mark.position().isBoundary();
    }

    /** @throws DamagedCheckpoint if it is not what was written, as far as its head goes */
    StateReader open(String file) {
        return new StateReader(files.open(file), files.location() + "/" + file);
    }

    void delete() {
        files.delete();
    }
}
