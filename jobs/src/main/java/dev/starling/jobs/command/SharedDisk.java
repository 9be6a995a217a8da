package dev.starling.jobs.command;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.store.StoredRun;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import java.net.URI;
import java.util.stream.Stream;

/** On a cluster of several machines a local path is another disk on each: told at once, unless the user says that they share one. */
final class SharedDisk {
    private SharedDisk() {}

    /**
     * Before Spark starts, for a job that makes a run.
     *
     * @throws dev.starling.worker.InvalidInput naming every local path, where the master is not local
     */
    static void require(SharedOptions options, Surroundings surroundings, DataSpec... data) {
        String master = Cluster.master(options);
        Problems problems = new Problems();
        Stream.of(data).map(d -> problems(master, options, d)).forEach(found -> problems.addAll(found.found()));
        URI store = surroundings.locate(options.runs());
        if (problemOf(master, options) && "file".equals(store.getScheme())) {
            problems.add(line("Cannot store runs in " + store.getPath(), master));
        }
        problems.throwIfAny();
    }

    /** @throws dev.starling.worker.InvalidInput likewise, for a job that goes on with a run */
    static void require(Cluster cluster, SharedOptions options, StoredRun run, DataSpec data) {
        Problems problems = problems(cluster.master(), options, data);
        if (problemOf(cluster.master(), options) && run.isLocal()) {
            problems.add(line("Cannot store runs in " + run.location(), cluster.master()));
        }
        problems.throwIfAny();
    }

    /** @throws dev.starling.worker.InvalidInput likewise, for a job that stores nothing */
    static void require(Cluster cluster, SharedOptions options, DataSpec data) {
        problems(cluster.master(), options, data).throwIfAny();
    }

    /** @throws dev.starling.worker.InvalidInput likewise, for a job that reads rows at one place */
    static void require(Cluster cluster, SharedOptions options, String path) {
        boolean local = path.startsWith("/") || path.startsWith("file:");
        if (local && problemOf(cluster.master(), options)) {
            throw new InvalidInput(line("Cannot read " + path, cluster.master()));
        }
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
