package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One of two executors is killed in the middle of a fold: that fold fails, all others finish, and resume runs that one alone. */
@Tag("full")
class KilledFoldTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

    @TempDir
    private Path folder;

    private Result run(String... words) {
        return new Launcher(folder, Map.of()).starling(words);
    }

    @Test
    @Timeout(300)
    void anExecutorThatIsKilledTakesTheFoldThatItWasRunningAndNoOther() throws Exception {
        Launcher.assumeBuilt();
        String notes = Checkout.path("conf/experiments/banknote-cv.yaml").toString();
        CompletableFuture<Result> running = CompletableFuture.supplyAsync(() -> run(
                "cross-validate",
                notes,
                "--master",
                "local-cluster[2,1,1024]",
                "--set",
                "training.epochs=600",
                "--set",
                "cluster.retries=0"));
        kill(running);
        Result result = running.get();

        assertThat(result.status()).as(result.err()).isEqualTo(1);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .matches(
                        "Cannot cross-validate: 1 of 10 folds failed; fold \\d+: Cannot finish fold \\d+: executor \\d ended while it ran .*");
        Path run = onlyRun();
        List<Integer> missing = IntStream.rangeClosed(1, 10)
                .filter(fold -> !Files.exists(run.resolve("folds/" + fold + "/metrics.json")))
                .boxed()
                .toList();
        assertThat(missing).hasSize(1);

        Result resumed = run("resume", run.toString(), "--master", "local[2]");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("9 of them finished before", "fold " + missing.get(0) + " of 10");
        Result undisturbed = run("cross-validate", notes, "--master", "local[2]", "--set", "training.epochs=600");
        assertThat(metrics(run)).isEqualTo(metrics(Path.of(undisturbed.lastLine())));
    }

    /** Once a fold is finished, so that all are under way. */
    private void kill(CompletableFuture<Result> running) throws Exception {
        while (!running.isDone()) {
            Optional<ProcessHandle> executor = ProcessHandle.current()
                    .descendants()
                    .filter(KilledFoldTest::isExecutor)
                    .min(Comparator.comparingLong(ProcessHandle::pid));
            if (executor.isPresent() && finished() > 0) {
                executor.get().destroyForcibly();
                return;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("Cannot kill an executor: the command ended before: " + running.get());
    }

    /** By the whole command line, which is longer than what a process handle tells. */
    private static boolean isExecutor(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
                    .contains(EXECUTOR + "\0");
        } catch (IOException e) {
            return false; // It has ended.
        }
    }

    private long finished() throws IOException {
        if (!Files.isDirectory(folder.resolve("runs"))) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            return files.filter(file -> file.endsWith("metrics.json")).count();
        }
    }

    private Path onlyRun() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            List<Path> found = runs.toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static JsonNode metrics(Path run) throws IOException {
        return ((ObjectNode) JSON.readTree(run.resolve("metrics.json").toFile())).without("timing");
    }
}
