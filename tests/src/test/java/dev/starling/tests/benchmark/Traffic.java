package dev.starling.tests.benchmark;

import dev.starling.driver.training.ProgressListener;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.GangPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;

/**
 * What the driver and the executors of an application move while they train, by the kernel's count of what each process reads and writes: sockets and files, Spark's own heartbeats and the
 * transport's headers included. From the first epoch's end to the last's, so that neither the examples nor the trained model are in it.
 */
final class Traffic implements ProgressListener {
    /**
     * Bytes so far.
     *
     * @param sent written by all executors
     * @param driver read and written by the driver
     */
    private record Count(int epoch, long sent, long driver) {}

    private final List<Long> executors;
    private Optional<Count> first = Optional.empty();
    private Optional<Count> last = Optional.empty();

    Traffic(SparkContext spark) {
        this.executors = spark.isLocal() ? List.of() : executorsOf(spark.applicationId());
    }

    private static List<Long> executorsOf(String application) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> {
                    List<String> words = commandLine(pid);
                    return words.contains("org.apache.spark.executor.CoarseGrainedExecutorBackend")
                            && words.contains(application);
                })
                .toList();
    }

    /** Of {@code /proc}, since {@link ProcessHandle.Info} leaves long ones out. */
    private static List<String> commandLine(long pid) {
        try {
            Path file = Path.of("/proc", Long.toString(pid), "cmdline");
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0", -1));
        } catch (IOException e) {
            return List.of(); // It has ended.
        }
    }

    @Override
    public void round(RoundProgress progress) {}

    @Override
    public synchronized void epoch(EpochReport report) {
        long sent = executors.stream().mapToLong(pid -> count(pid, "wchar")).sum();
        long self = ProcessHandle.current().pid();
        Count count = new Count(report.epoch(), sent, count(self, "rchar") + count(self, "wchar"));
        last = Optional.of(count);
        if (first.isEmpty()) {
            first = last;
        }
    }

    private static long count(long pid, String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "io")).stream()
                    .filter(line -> line.startsWith(name + ": "))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what process " + pid + " has moved (expected on Linux)", e);
        }
    }

    /** Bytes per replica and round; not a number in one JVM, or if fewer than two epochs were told. */
    synchronized double sentPerRound(GangPlan plan) {
        return perRound(plan, Count::sent) / executors.size();
    }

    /** Bytes per round, both ways; not a number as {@link #sentPerRound}. */
    synchronized double driverPerRound(GangPlan plan) {
        return perRound(plan, Count::driver);
    }

    private double perRound(GangPlan plan, ToLongFunction<Count> bytes) {
        if (executors.isEmpty() || first.equals(last)) {
            return Double.NaN;
        }
        Count from = first.orElseThrow();
        Count to = last.orElseThrow();
        int rounds = IntStream.range(from.epoch, to.epoch).map(plan::rounds).sum();
        return (double) (bytes.applyAsLong(to) - bytes.applyAsLong(from)) / rounds;
    }
}
