package dev.starling.worker.gang;

import dev.starling.worker.exchange.StateVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checkpoints of one gang in memory, one per round; of shared vectors only what rank 0 gave. Thread-safe. */
final class Kept {
    /** What one rank gave; vectors by name. */
    private record Part(byte[] common, byte[] own, Map<String, float[]> vectors) {}

    private final int ranks;
    private final SortedMap<Position, Part[]> states = new TreeMap<>();

    Kept(int ranks) {
        this.ranks = ranks;
    }

    /** Positions at which all ranks have given their state. */
    synchronized List<Position> positions() {
        return List.copyOf(states.keySet());
    }

    /** Keeps every round. */
    Checkpoints writer(int rank) {
        return new Checkpoints() {
            @Override
            public Optional<Saved> saved() {
                return Optional.empty();
            }

            @Override
            public boolean isDue(boolean endsEpoch) {
                return rank == 0;
            }

            @Override
            public void save(Snapshot snapshot) {
                keep(rank, snapshot);
            }
        };
    }

    private synchronized void keep(int rank, Checkpoints.Snapshot snapshot) {
        Map<String, float[]> vectors = new HashMap<>();
        for (StateVector vector : snapshot.vectors()) {
            if (rank == 0 || !vector.shared()) {
                vectors.put(vector.name(), vector.vector().toArray());
            }
        }
        states.computeIfAbsent(snapshot.position(), position -> new Part[ranks])[rank] =
                new Part(snapshot.common(), snapshot.own(), vectors);
    }

    /** Goes on from a position, and keeps nothing. */
    Checkpoints reader(Position position, int rank, int newRanks) {
        Part[] parts = states.get(position);
        List<Part> mine = newRanks == ranks ? List.of(parts[rank]) : List.of(parts);
        Checkpoints.Saved saved = new Checkpoints.Saved() {
            @Override
            public Position position() {
                return position;
            }

            @Override
            public byte[] common() {
                return parts[0].common;
            }

            @Override
            public List<byte[]> own() {
                return mine.stream().map(Part::own).toList();
            }

            @Override
            public void restore(List<StateVector> vectors) {
                for (StateVector vector : vectors) {
                    vector.vector().set(vector.shared() ? parts[0].vectors.get(vector.name()) : mean(vector, mine));
                }
            }
        };
        return new Checkpoints() {
            @Override
            public Optional<Saved> saved() {
                return Optional.of(saved);
            }

            @Override
            public boolean isDue(boolean endsEpoch) {
                return false;
            }

            @Override
            public void save(Snapshot snapshot) {
                throw new IllegalStateException("Cannot keep " + snapshot.position() + ": nobody asked for it");
            }
        };
    }

    private static float[] mean(StateVector vector, List<Part> parts) {
        float[] mean = new float[vector.vector().length()];
        List<float[]> values = new ArrayList<>();
        parts.forEach(part -> values.add(part.vectors.get(vector.name())));
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (float[] value : values) {
                sum += value[i];
            }
            mean[i] = (float) (sum / values.size());
        }
        return mean;
    }
}
