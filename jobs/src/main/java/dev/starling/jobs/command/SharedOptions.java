package dev.starling.jobs.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command takes. picocli fills it. */
final class SharedOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the experiment, such as training.epochs=3. May be repeated.")
    private List<String> overrides = List.of();

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "The store: a folder or a Hadoop URI (default: ${DEFAULT-VALUE}).")
    private String runs;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master (default: what spark-submit says, else local[*]).")
    private Optional<String> master = Optional.empty();

    @Option(names = "--conf", paramLabel = "KEY=VALUE", description = "A setting of Spark. May be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--shared-disk", description = "Local paths lie on a disk that all machines of the cluster share.")
    private boolean sharedDisk;

    @Option(names = "--verbose", description = "Shows stack traces and Spark's log.")
    private boolean verbose;

    List<String> overrides() {
        return overrides;
    }

    /** For another experiment than the one that they are said of. */
    SharedOptions withoutOverrides() {
        SharedOptions others = new SharedOptions();
        others.runs = runs;
        others.master = master;
        others.settings = settings;
        others.sharedDisk = sharedDisk;
        others.verbose = verbose;
        return others;
    }

    String runs() {
        return runs;
    }

    Optional<String> master() {
        return master;
    }

    /** Each {@code key=value}. */
    List<String> settings() {
        return settings;
    }

    boolean sharedDisk() {
        return sharedDisk;
    }

    boolean verbose() {
        return verbose;
    }
}
