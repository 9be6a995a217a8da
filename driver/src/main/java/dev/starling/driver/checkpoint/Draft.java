package dev.starling.driver.checkpoint;

import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.gang.Position;
import java.util.List;
import java.util.SortedMap;

/** A checkpoint that is being written: every rank writes its files, and rank 0 makes a checkpoint of them. Every call may be repeated. */
record Draft(StoreFiles files, String name) {
    void write(String file, byte[] head, List<StateVector> vectors) {
        files.writeDurably(file, out -> StateFile.write(out, head, vectors));
    }

    /** Whether the files of all ranks are there. */
    boolean isWhole(int replicas) {
        return files.lengths().size() == StoredCheckpoint.names(replicas).size();
    }

    /** Once it is whole. */
    void commit(Position position, int replicas) {
        if (files.exists()) {
            SortedMap<String, Long> lengths = files.lengths();
            lengths.remove(CommitMark.NAME);
            files.writeDurably(
                    CommitMark.NAME, out -> out.write(new CommitMark(position, replicas, lengths).toBytes()));
        }
        files.rename(name);
    }

    String location() {
        return files.location();
    }
}
