package dev.starling.driver.store;

import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.InvalidInput;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The place of runs: a folder on the local disk or on any file system that Hadoop knows. Thread-safe. */
public final class RunStore {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final StoreFiles files;

    private RunStore(StoreFiles files) {
        this.files = files;
    }

    /**
     * @param root absolute; without a scheme the local disk; it need not exist yet
     * @throws InvalidInput if no file system answers for the URI
     */
    public static RunStore at(URI root, Configuration configuration) {
        return new RunStore(StoreFiles.at(root, configuration));
    }

    /** Whether it is on a local disk, which only the machine itself sees. */
    public boolean isLocal() {
        return files.isLocal();
    }

    /** The absolute path where local, else the URI. */
    public String location() {
        return files.location();
    }

    /**
     * Tells before a training, rather than after it, that its result could not be stored; leaves nothing behind.
     *
     * @param id distinguishes this trial from others at the same time
     * @throws InvalidInput if runs cannot be stored here
     */
    public void requireWritable(String id) {
        files.requireWritable(".writable-" + id);
    }

    /**
     * Makes the directory {@code <name>-<utc time>-<id>} of a new run.
     *
     * @param name letters, digits, - and _
     * @param id short and random, so that two runs of one second differ
     */
    public RunDirectory create(String name, Instant start, String id) {
        return RunDirectory.make(files.child(name(name, start, id)));
    }

    /** The name of the directory that {@link #create} makes. */
    public static String name(String name, Instant start, String id) {
        return name + "-" + UTC.format(start) + "-" + id;
    }

    /** All runs, the newest first; what is in the folder and is no run is passed over. */
    public List<StoredRun> runs() {
        List<StoredRun> runs = new ArrayList<>();
        for (String name : files.folders()) {
            StoreFiles run = files.child(name);
            if (StoredRun.looksLikeOne(run)) {
                runs.add(new StoredRun(run));
            }
        }
        runs.sort(Collections.reverseOrder((a, b) -> startOf(a.name()).compareTo(startOf(b.name()))));
        return runs;
    }

    /** The name without the experiment's, which may itself hold dashes: time and id. */
    private static String startOf(String run) {
        int id = run.lastIndexOf('-');
        int time = id < 0 ? -1 : run.lastIndexOf('-', id - 1);
        return run.substring(time + 1);
    }

    /**
     * A run of this store by its directory's name; or by the name of its experiment: the newest finished one, or the newest where none is finished; or by the beginning of a name if no other run
     * begins so, of several the finished one, if there is just one.
     *
     * @throws InvalidInput if there is none, or more than one
     */
    public StoredRun find(String name) {
        if (!name.isEmpty() && !name.contains("/")) {
            StoreFiles exact = files.child(name);
            if (StoredRun.looksLikeOne(exact)) {
                return new StoredRun(exact);
            }
        }
        List<StoredRun> runs = runs();
        List<StoredRun> own = runs.stream()
                .filter(run -> experimentOf(run.name()).equals(name))
                .toList();
        if (!own.isEmpty()) {
            return own.stream().filter(StoredRun::finished).findFirst().orElse(own.get(0));
        }
        List<StoredRun> matches =
                runs.stream().filter(run -> run.name().startsWith(name)).toList();
        List<StoredRun> finished = matches.stream().filter(StoredRun::finished).toList();
        if (matches.size() == 1 || finished.size() == 1) {
            return matches.size() == 1 ? matches.get(0) : finished.get(0);
        }
        String found = matches.isEmpty()
                ? "no run in " + location() + " begins so"
                : "several begin so: "
                        + String.join(
                                ", ", matches.stream().map(StoredRun::name).toList());
        throw new InvalidInput(
                "Cannot open run " + name + ": " + found
                        + " (expected a run's directory, its URI, its experiment's name, or its name or the beginning of it in the store)");
    }

    /** The name of the experiment alone, which may itself hold dashes. */
    public static String experimentOf(String run) {
        return run.substring(0, Math.max(0, run.length() - startOf(run).length() - 1));
    }
}
