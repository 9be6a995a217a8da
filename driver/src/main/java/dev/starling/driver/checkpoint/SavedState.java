package dev.starling.driver.checkpoint;

import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.gang.Checkpoints.Saved;
import dev.starling.worker.gang.Position;
import dev.starling.worker.memory.FlatVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A stored checkpoint as one replica reads it: what is shared, and its own part, or those of all where another number of replicas made it. */
final class SavedState implements Saved {
    private final StoredCheckpoint stored;
    private final List<String> ownFiles;
    private final byte[] common;
    private final List<byte[]> own;

    SavedState(StoredCheckpoint stored, int rank, int replicas) {
        this.stored = stored;
        IntStream ranks = replicas == stored.replicas() ? IntStream.of(rank) : IntStream.range(0, stored.replicas());
        this.ownFiles = ranks.mapToObj(StoredCheckpoint::ofRank).toList();
        this.common = head(StoredCheckpoint.SHARED);
        this.own = ownFiles.stream().map(this::head).toList();
    }

    private byte[] head(String file) {
        try (StateReader reader = stored.open(file)) {
            return reader.head();
        }
    }

    @Override
    public Position position() {
        return stored.position();
    }

    @Override
    public byte[] common() {
        return common;
    }

    @Override
    public List<byte[]> own() {
        return own;
    }

    @Override
    public void restore(List<StateVector> vectors) {
        Map<String, Sink> shared = new HashMap<>();
        Map<String, Sink> mine = new HashMap<>();
        Map<String, Mean> means = new HashMap<>();
        for (StateVector vector : vectors) {
            if (vector.shared()) {
                shared.put(vector.name(), new Sink(vector.vector()));
            } else if (ownFiles.size() == 1) {
                mine.put(vector.name(), new Sink(vector.vector()));
            } else {
                means.put(vector.name(), new Mean(new double[vector.vector().length()]));
            }
        }
        arrays(StoredCheckpoint.SHARED, shared);
        for (String file : ownFiles) {
            arrays(file, ownFiles.size() == 1 ? mine : means);
        }
        for (StateVector vector : vectors) {
            if (means.containsKey(vector.name())) {
                means.get(vector.name()).write(ownFiles.size(), vector.vector());
            }
        }
    }

    private void arrays(String file, Map<String, ? extends StateReader.Sink> wanted) {
        try (StateReader reader = stored.open(file)) {
            reader.arrays(wanted);
        }
    }

    private record Sink(FlatVector vector) implements StateReader.Sink {
        @Override
        public int length() {
            return vector.length();
        }

        @Override
        public void take(int offset, float[] floats, int count) {
            vector.set(offset, floats, 0, count);
        }
    }

    /** Adds files up in their order. */
    private record Mean(double[] sums) implements StateReader.Sink {
        @Override
        public int length() {
            return sums.length;
        }

        @Override
        public void take(int offset, float[] floats, int count) {
            for (int i = 0; i < count; i++) {
                sums[offset + i] += floats[i];
            }
        }

        void write(int files, FlatVector into) {
            float[] mean = new float[sums.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (sums[i] / files);
            }
            into.set(mean);
        }
    }
}
