package dev.starling.driver.store;

import dev.starling.worker.data.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a run comes from: enough to tell why two runs differ, and to make one again.
 *
 * @param formatVersion of the run directory
 * @param start UTC
 * @param attempts at training, in their order; of a run of an earlier version none
 * @param outcome what is known only at the end; empty while a run is on its way, and for ever when it failed
 */
public record Provenance(
        int formatVersion,
        long seed,
        Data data,
        Build build,
        Cluster cluster,
        Instant start,
        List<Attempt> attempts,
        Optional<Outcome> outcome) {
    /** What this version of Starling writes. */
    public static final int FORMAT_VERSION = 1;

    public Provenance {
        attempts = List.copyOf(attempts);
    }

    /**
     * @param fingerprint SHA-256 over the content of all rows in their order
     * @param rows per split that there is
     */
    public record Data(String fingerprint, SortedMap<Split, Long> rows) {
        public Data {
            rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        }
    }

    /**
     * @param commit of Starling's own source, or {@code unknown}
     * @param versions of Starling, Java, Spark, …, by lower-case name
     */
    public record Build(String commit, SortedMap<String, String> versions) {
        public Build {
            versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        }
    }

    /** @param slots tasks that the cluster runs at a time */
    public record Cluster(String master, int replicas, int slots) {}

    /**
     * @param threads of an operation in a replica, {@code OMP_NUM_THREADS}; they change bits
     * @param isa instruction set that the native library chose; it changes bits
     * @param step how gradients were computed, as {@code Step.description()}
     * @param devices on which the replicas trained, by rank; none of independent folds or trials, nor of a run of an earlier version
     * @param sha256 of the final training state: {@code parameters}, {@code optimizerState}
     */
    public record Outcome(
            Instant end, int threads, String isa, String step, List<String> devices, SortedMap<String, String> sha256) {
        public Outcome {
            devices = List.copyOf(devices);
            sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(sha256));
        }
    }

    /**
     * One go at training.
     *
     * @param epochs done before it, by a checkpoint
     * @param rounds done before it of the epoch after those
     * @param failure why it ended, if it did not end well
     */
    public record Attempt(Instant start, int replicas, int epochs, int rounds, Optional<String> failure) {
        public Attempt failed(String cause) {
            return new Attempt(start, replicas, epochs, rounds, Optional.of(cause));
        }
    }

    public Provenance finished(Outcome end) {
        return new Provenance(formatVersion, seed, data, build, cluster, start, attempts, Optional.of(end));
    }

    public Provenance withAttempts(List<Attempt> all) {
        return new Provenance(formatVersion, seed, data, build, cluster, start, all, outcome);
    }

    /** The last attempt failed, unless it is known why already. */
    public Provenance lastFailed(String cause) {
        List<Attempt> all = new ArrayList<>(attempts);
        int last = all.size() - 1;
        if (last >= 0 && all.get(last).failure().isEmpty()) {
            all.set(last, all.get(last).failed(cause));
        }
        return withAttempts(all);
    }

    /** Another attempt begins. */
    public Provenance begun(Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        return withAttempts(all);
    }
}
