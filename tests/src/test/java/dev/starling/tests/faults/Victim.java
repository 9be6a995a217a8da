package dev.starling.tests.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A {@code starling} process that is to be disturbed, and the executors that were started for it. Signals go only to these. */
final class Victim implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process driver;
    private final String mark;
    private final Path folder;
    private final Path out;
    private final Path err;

    private Victim(Process driver, String mark, Path folder, Path out, Path err) {
        this.driver = driver;
        this.mark = mark;
        this.folder = folder;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts {@code deploy/starling}.
     *
     * @param folder of this process alone; its store is {@code runs} in it
     */
    static Victim start(Path folder, List<String> words) throws IOException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        // Executors carry it in their command lines, also those that a worker starts.
        String mark = "-Dvictim=" + UUID.randomUUID();
        // What was started in the background may ignore Ctrl-C.
        List<String> command = new ArrayList<>(List.of(
                "env", "--default-signal=INT", Checkout.path("deploy/starling").toString()));
        command.addAll(words);
        command.addAll(List.of("--conf", "spark.executor.extraJavaOptions=" + mark));
        Process driver = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Victim(driver, mark, folder, out, err);
    }

    /** It did not end in time. */
    static final class Hangs extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private Hangs(String message) {
            super(message);
        }
    }

    /** Until its first epoch is told, so that it trains. */
    void awaitEpoch() {
        await("an epoch", () -> text(err).contains("epoch "));
    }

    /** Until so many checkpoints have been committed that one of them lies {@code beyond} the given name. Gives the last one's name. */
    String awaitCheckpoint(String beyond) {
        await("a checkpoint", () -> lastCheckpoint().compareTo(beyond) > 0);
        return lastCheckpoint();
    }

    /** Until the run's provenance tells of so many attempts at training. */
    void awaitAttempts(int count) {
        await(count + " attempts", () -> attempts() >= count);
    }

    private int attempts() {
        try {
            return findRun().isPresent() ? attempts(run()).size() : 0;
        } catch (IOException e) {
            return 0; // It is just being replaced.
        }
    }

    /** Until the run's provenance tells of a failure; gives what it says. */
    String awaitFailure() {
        await("a failure", () -> !failure().isEmpty());
        return failure();
    }

    private String failure() {
        try {
            return attempts(run()).path(0).path("failure").asText("");
        } catch (IOException e) {
            return ""; // It is just being replaced.
        }
    }

    /** Until one is being written. */
    void awaitDraft() {
        await("a draft of a checkpoint", () -> checkpoints().stream().anyMatch(name -> name.startsWith(".")));
    }

    private String lastCheckpoint() {
        return checkpoints().stream()
                .filter(name -> !name.startsWith("."))
                .max(String::compareTo)
                .orElse("");
    }

    private List<String> checkpoints() {
        Optional<Path> run = findRun();
        if (run.isEmpty() || !Files.isDirectory(run.get().resolve("checkpoints"))) {
            return List.of();
        }
        return names(run.get().resolve("checkpoints"));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // Removed between two looks.
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!driver.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("Cannot wait for " + what + ": the process "
                        + (driver.isAlive() ? "has none" : "has ended") + "; it said: " + text(err));
            }
            pause(5);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only run of the store. */
    Path run() {
        return findRun().orElseThrow(() -> new IllegalStateException("Cannot find a run; " + text(err)));
    }

    private Optional<Path> findRun() {
        Path runs = folder.resolve("runs");
        return Files.isDirectory(runs) ? names(runs).stream().findFirst().map(runs::resolve) : Optional.empty();
    }

    /** The driver's executors, in no order; at least so many. */
    List<ProcessHandle> executors(int atLeast) {
        await(atLeast + " executors", () -> executors().size() >= atLeast);
        return executors();
    }

    /** As {@link #executors(int)}, as many as there are. */
    List<ProcessHandle> executors() {
        return ProcessHandle.allProcesses().filter(this::isExecutor).toList();
    }

    private boolean isExecutor(ProcessHandle process) {
        String line = commandLine(process);
        return line.contains(mark) && line.contains("CoarseGrainedExecutorBackend");
    }

    /** Of {@code /proc}, since {@link ProcessHandle.Info} leaves long ones out. */
    private static String commandLine(ProcessHandle process) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline")), UTF_8);
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }

    long pid() {
        return driver.pid();
    }

    /** @param signal as {@code kill} knows it, such as KILL */
    static void signal(long pid, String signal) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return driver.isAlive();
    }

    /** Waits for the end; a process that has not ended by then hangs, which fails the test. */
    Result end(Duration patience) {
        try {
            if (!driver.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Hangs("Cannot end: it hangs for " + patience + "; it said: " + text(err));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Result(driver.exitValue(), text(out), text(err));
    }

    static JsonNode provenance(Path run) throws IOException {
        return json(run.resolve("provenance.json"));
    }

    /** All that there were, as provenance tells of them. */
    static JsonNode attempts(Path run) throws IOException {
        return provenance(run).path("attempts");
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing of it is left. */
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(executors());
        driver.descendants().forEach(all::add);
        all.add(driver.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }
}
