package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trials whose networks are too large. One takes more memory than its executor's machine grants, and the process is killed for it, as a kernel or YARN's node manager does; one asks for more than the
 * JVM may have (four times 20,000² floats). Both fail with their cause, and all others finish, those too that ran beside them.
 */
@Tag("full")
class HungrySweepTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
    /** 7000² weights, their gradient and two states of Adam take 784 MB, which the JVM may have beside its heap of 1 GiB, but which is more than the process may have. */
    private static final long GRANTED_KILOBYTES = 1_100_000;

    private static final String SWEEP =
            """
            data:
              directory: DIRECTORY
              train: {format: csv, path: banknote.csv, target: class}
              validation: 0.2
              scale: standardize
            network:
              layers:
                - repeat: {times: 2, layers: [{dense: {units: 8, activation: relu}}]}
                - dense: {units: 2, activation: softmax}
            training:
              loss: categoricalCrossentropy
              optimizer: adam
              metrics: [accuracy]
              batchSize: 32
              epochs: 200
            cluster: {replicas: 1}
            sweep:
              search: grid
              objective: {maximize: validation.accuracy}
              space:
                network.layers[0].repeat.layers[0].dense.units: {choice: [4, 8, 7000, 12, 16, 20000, 24, 28]}
            """;

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void aTrialThatHasItsExecutorKilledFailsAndAllOthersFinish() throws Exception {
        Launcher.assumeBuilt();
        Path data = Checkout.path("conf/data/banknote");
        Files.writeString(folder.resolve("hungry.yaml"), SWEEP.replace("DIRECTORY", data.toString()));
        CompletableFuture<Result> running = CompletableFuture.supplyAsync(() ->
                new Launcher(folder, Map.of()).starling("sweep", "hungry.yaml", "--master", "local-cluster[2,2,1024]"));
        Set<Long> killed = new HashSet<>();
        while (!running.isDone()) {
            hungry().forEach(process -> {
                killed.add(process.pid());
                process.destroyForcibly();
            });
            Thread.sleep(10);
        }
        Result result = running.get();

        assertThat(result.status()).as(result.err()).isZero();
        // Who lost an executor is tried once more, as its neighbour may have been to blame.
        assertThat(killed).hasSize(2);
        JsonNode metrics =
                JSON.readTree(Files.readString(Path.of(result.lastLine()).resolve("metrics.json")));
        assertThat(metrics.path("trials").asInt()).isEqualTo(8);
        assertThat(metrics.path("failed").asInt()).isEqualTo(2);
        List<String> trials = Files.readAllLines(Path.of(result.lastLine()).resolve("trials.csv"));
        assertThat(trials.get(3)).startsWith("2,failed").contains("executor", "ended while it ran", "out of memory");
        assertThat(trials.get(6)).startsWith("5,failed").contains("not enough memory");
        assertThat(trials.stream().filter(line -> line.contains(",finished,200,")))
                .hasSize(6);
    }

    private static Stream<ProcessHandle> hungry() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> read(process, "cmdline").contains(EXECUTOR + "\0"))
                .filter(process -> residentKilobytes(process) > GRANTED_KILOBYTES);
    }

    private static long residentKilobytes(ProcessHandle process) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }
}
