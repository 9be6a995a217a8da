package dev.starling.worker.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where the replicas of a gang that live in one JVM find each other, by the run's id. An entry lives until each of its ranks has come and left, so that one
 * that comes after another's failure still learns of it. Thread-safe.
 */
public final class GangRegistry {
    private static final Map<String, Entry> ENTRIES = new HashMap<>();

    private record Entry(SharedGang gang, Set<Integer> entered, Set<Integer> left) {}

    private GangRegistry() {}

    /**
     * Enters a gang; waits for nobody.
     *
     * @param run the same for all replicas of one attempt at one run, and for no others
     * @param silence after which peers that show no sign of life are given up
     * @return closed by the caller, in a finally, whatever happens
     */
    public static Exchange enter(String run, int rank, int ranks, Duration silence) {
        if (ranks == 1) {
            return Exchange.alone();
        }
        synchronized (ENTRIES) {
            Entry entry = ENTRIES.computeIfAbsent(
                    run,
                    id -> new Entry(
                            new SharedGang(id, IntStream.range(0, ranks).toArray(), silence),
                            new HashSet<>(),
                            new HashSet<>()));
            if (entry.gang().places() != ranks || !entry.entered().add(rank)) {
                throw new IllegalStateException("Cannot enter gang " + run + " as replica " + rank + " of " + ranks
                        + ": it has " + entry.gang().places() + " and these are in: " + entry.entered()
                        + " (expected each once)");
            }
            return new SharedMemoryExchange(entry.gang(), rank);
        }
    }

    static void leave(SharedGang gang, int rank) {
        synchronized (ENTRIES) {
            Entry entry = ENTRIES.get(gang.run());
            if (entry != null && entry.gang() == gang) {
                entry.left().add(rank);
                if (entry.left().size() == gang.places()) {
                    ENTRIES.remove(gang.run());
                    gang.dissolve();
                }
            }
        }
    }

    /** Gangs of which some replica is still to leave: none when no training runs. */
    public static int size() {
        synchronized (ENTRIES) {
            return ENTRIES.size();
        }
    }
}
