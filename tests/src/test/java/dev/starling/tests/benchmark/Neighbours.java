package dev.starling.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What else runs on this machine: a measurement beside a compiler is none. Seen by the processor time that is neither this process's nor its children's. */
final class Neighbours {
    /** Share of the machine that others may take. */
    static final double TOLERATED = 0.05;

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final double TICKS_PER_SECOND = 100;
    private static final long LOOK_MILLIS = 1000;

    private final Supplier<List<ProcessHandle>> more;
    private double otherSeconds;
    private long since;

    Neighbours() {
        this(List::of);
    }

    /** @param more processes that are part of the measurement and not this one's children */
    Neighbours(Supplier<List<ProcessHandle>> more) {
        this.more = more;
        watch();
    }

    /** Begins to watch. */
    void watch() {
        otherSeconds = otherSeconds();
        since = System.nanoTime();
    }

    /** The share of the machine that others took since {@link #watch}, 0 to 1. */
    double share() {
        double seconds = (System.nanoTime() - since) / 1e9;
        return Math.min(1, Math.max(0, (otherSeconds() - otherSeconds) / seconds / CORES));
    }

    /**
     * Waits until others have been quiet for a second.
     *
     * @param deadline nanoTime after which it gives up
     */
    void awaitQuiet(long deadline) {
        do {
            watch();
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Cannot measure: interrupted", e);
            }
        } while (share() > TOLERATED && System.nanoTime() < deadline);
    }

    private double otherSeconds() {
        ProcessHandle self = ProcessHandle.current();
        long own = Stream.of(Stream.of(self), self.descendants(), more.get().stream())
                .flatMap(processes -> processes)
                .distinct()
                .mapToLong(process -> ownTicks(process.pid()))
                .sum();
        return (busyTicks() - own) / TICKS_PER_SECOND;
    }

    /** A process's time, and that of the children that it has seen end (Hadoop runs one per file that it writes): numbers 14 to 17; 0 for what has ended. */
    private static long ownTicks(long process) {
        try {
            String status = Files.readString(Path.of("/proc/" + process + "/stat"));
            // The second is a name in brackets, which may hold blanks.
            long[] ticks = numbers(status.substring(status.lastIndexOf(')') + 4).trim());
            return ticks[10] + ticks[11] + ticks[12] + ticks[13];
        } catch (IOException e) {
            return 0;
        }
    }

    /** All processors' time but idle and waiting for disks, which are the fourth and fifth number. */
    private static long busyTicks() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            long[] ticks = numbers(lines.findFirst().orElseThrow().replaceFirst("^cpu +", ""));
            return ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7];
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read /proc/stat (expected on Linux)", e);
        }
    }

    /** The first of them; some that follow are larger than a long. */
    private static long[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .limit(14)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
