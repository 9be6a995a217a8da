package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of a sweep is killed ({@code kill -9}) at random moments, and {@code resume} goes on. */
class KilledSweepTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String GRID =
            """
            sweep:
              search: grid
              objective: {maximize: validation.accuracy}
              space:
                network.layers[0].dense.units: {choice: [2, 4, 6, 8]}
                training.optimizer.adam.learningRate: {choice: [0.0001, 0.001, 0.01, 0.05, 0.1]}
                training.batchSize: {choice: [4, 8]}
            """;

    @TempDir
    private Path folder;

    @Test
    void aSweepThatIsKilledOnceIsResumed() throws IOException, InterruptedException {
        killAndResume(1);
    }

    @Test
    @Tag("full")
    void aSweepThatIsKilledFiveTimesGivesWhatAnUndisturbedOneGives() throws IOException, InterruptedException {
        killAndResume(5);
    }

    private void killAndResume(int kills) throws IOException, InterruptedException {
        Launcher.assumeBuilt();
        Points.write(folder);
        Files.writeString(folder.resolve("sweep.yaml"), Points.EXPERIMENT.replace("epochs: 6", "epochs: 40") + GRID);
        Launcher launcher = new Launcher(folder, Map.of());
        SplittableRandom random = new SplittableRandom(kills);
        int first = 3 + random.nextInt(10);
        kill(() -> events() >= first, "sweep", "sweep.yaml");
        Path run = run();
        for (int i = 1; i < kills; i++) {
            int target = events() + 2 + random.nextInt(10);
            kill(() -> events() >= target, "resume", run.toString());
        }
        Result resumed = launcher.starling("resume", run.toString(), "--master", "local[2]");
        assertThat(resumed.status()).as(resumed.err()).isZero();

        Result undisturbed = launcher.starling("sweep", "sweep.yaml", "--master", "local[2]", "--runs", "other");
        assertThat(undisturbed.status()).as(undisturbed.err()).isZero();
        assertNothingLostOrTwice(run, kills);
        assertThat(best(run)).isEqualTo(best(Path.of(undisturbed.lastLine())));
    }

    /** Every trial finished once; who was started more often was running when the driver was killed. */
    private static void assertNothingLostOrTwice(Path run, int kills) throws IOException {
        Set<Integer> finished = new HashSet<>();
        int started = 0;
        for (String line : Files.readAllLines(run.resolve("journal.jsonl"))) {
            JsonNode event = JSON.readTree(line);
            String kind = event.path("event").asText();
            if (kind.equals("finished")) {
                assertThat(finished.add(event.path("trial").asInt())).isTrue();
            } else if (kind.equals("started")) {
                started++;
                assertThat(finished).doesNotContain(event.path("trial").asInt());
            }
        }
        assertThat(finished).hasSize(40);
        assertThat(started).isBetween(40, 40 + 2 * kills);
    }

    private static JsonNode best(Path run) throws IOException {
        JsonNode best =
                JSON.readTree(Files.readString(run.resolve("metrics.json"))).path("best");
        return JSON.createObjectNode()
                .set("best", JSON.createArrayNode().add(best.path("trial")).add(best.path("test")));
    }

    private interface Moment {
        boolean hasCome() throws IOException;
    }

    private void kill(Moment moment, String command, String what) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of(Checkout.path("deploy/starling").toString(), command, what, "--master", "local[2]"));
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.txt").toFile())
                .start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!moment.hasCome()) {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("killed.txt")))
                    .isTrue();
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    private int events() throws IOException {
        if (!Files.isDirectory(folder.resolve("runs"))) {
            return 0;
        }
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            for (Path run : runs.toList()) {
                if (Files.exists(run.resolve("journal.jsonl"))) {
                    return Files.readAllLines(run.resolve("journal.jsonl")).size();
                }
            }
        }
        return 0;
    }

    private Path run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.filter(r -> !r.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
