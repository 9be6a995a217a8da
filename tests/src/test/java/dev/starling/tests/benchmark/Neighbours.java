package dev.starling.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** What else runs on this machine: a measurement beside a compiler is none. Seen by the processor time that is neither this process's nor its children's. */
final class Neighbours {
    /** Share of the machine that others may take. */
    static final double TOLERATED = 0.05;

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final double TICKS_PER_SECOND = 100;
    private static final long LOOK_MILLIS = 1000;

    private double otherSeconds;
    private long since;

    Neighbours() {
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

    private static double otherSeconds() {
        ProcessHandle self = ProcessHandle.current();
        double own = Stream.concat(Stream.of(self), self.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToDouble(duration -> duration.toNanos() / 1e9)
                .sum();
        return busySeconds() - own;
    }

    /** All processors' time but idle and waiting for disks, which are the fourth and fifth number. */
    private static double busySeconds() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String all = lines.findFirst().orElseThrow().replaceFirst("^cpu +", "");
            long[] ticks =
                    Arrays.stream(all.split(" ", -1)).mapToLong(Long::parseLong).toArray();
            return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read /proc/stat (expected on Linux)", e);
        }
    }
}
