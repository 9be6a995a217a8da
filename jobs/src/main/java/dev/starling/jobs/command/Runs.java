package dev.starling.jobs.command;

import dev.starling.driver.store.RunStore;
import dev.starling.driver.store.StoredRun;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/** Finds stores and runs by what arguments say. */
final class Runs {
    private Runs() {}

    /** @param configuration Spark's where there is a session; else a new one, which reads Hadoop's files of the class path */
    static RunStore store(SharedOptions options, Surroundings surroundings, Configuration configuration) {
        return RunStore.at(surroundings.locate(options.runs()), configuration);
    }

    /**
     * A run's directory or URI, or its name or the beginning of it in the store.
     *
     * @throws dev.starling.worker.InvalidInput if there is none, or more than one
     */
    static StoredRun open(String run, SharedOptions options, Surroundings surroundings, Configuration configuration) {
        URI location = surroundings.locate(run);
        boolean isPlace = run.contains("/") || StoredRun.isAt(location, configuration);
        return isPlace
                ? StoredRun.at(location, configuration)
                : store(options, surroundings, configuration).find(run);
    }
}
