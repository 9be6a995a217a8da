package dev.starling.jobs.command;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.store.RunStore;
import dev.starling.driver.store.StoredRun;
import dev.starling.worker.Problems;

/** On a cluster of several machines a local path is another disk on each: told at once, unless the user says that they share one. */
final class SharedDisk {
    private SharedDisk() {}

    /** @throws dev.starling.worker.InvalidInput naming every local path, where the master is not local */
    static void require(Cluster cluster, SharedOptions options, RunStore store, DataSpec data) {
        require(cluster, options, store.isLocal(), store.location(), data);
    }

    /** @throws dev.starling.worker.InvalidInput likewise, for a job that goes on with a run */
    static void require(Cluster cluster, SharedOptions options, StoredRun run, DataSpec data) {
        require(cluster, options, run.isLocal(), run.location(), data);
    }

    private static void require(
            Cluster cluster, SharedOptions options, boolean isLocal, String location, DataSpec data) {
        Problems problems = problems(cluster.master(), options, data);
        if (problemOf(cluster.master(), options) && isLocal) {
            problems.add(line("Cannot store runs in " + location, cluster.master()));
        }
        problems.throwIfAny();
    }

    /** @throws dev.starling.worker.InvalidInput likewise, for a job that stores nothing */
    static void require(Cluster cluster, SharedOptions options, DataSpec data) {
        problems(cluster.master(), options, data).throwIfAny();
    }

    private static Problems problems(String master, SharedOptions options, DataSpec data) {
        Problems problems = new Problems();
        if (problemOf(master, options)) {
            Experiments.localPaths(data).forEach(path -> problems.add(line("Cannot read " + path, master)));
        }
        return problems;
    }

    private static boolean problemOf(String master, SharedOptions options) {
        return !Cluster.isLocal(master) && !options.sharedDisk();
    }

    private static String line(String what, String master) {
        return what + ": a local disk, and the master is " + master
                + " (expected a URI that all machines see, or --shared-disk if the disk is shared)";
    }
}
