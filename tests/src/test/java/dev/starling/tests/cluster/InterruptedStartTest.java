package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Launcher;
import dev.starling.tests.LocalCluster;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/local-cluster up} that does not reach its end leaves no process behind. */
class InterruptedStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private LocalCluster cluster;

    @BeforeEach
    void cluster() {
        Launcher.assumeBuilt();
        cluster = new LocalCluster(folder.resolve("cluster"));
    }

    private Process up() throws IOException {
        // Where the tests themselves run in the background, signals of the terminal would be ignored.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
        words.addAll(cluster.words("up"));
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private void await(String pidFile) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(cluster.folder().resolve(pidFile)) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(cluster.folder().resolve(pidFile)).exists();
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"INT,format.pid", "HUP,master.pid", "TERM,worker-2.pid"})
    void aSignalStopsWhatWasStarted(String signal, String during) throws IOException, InterruptedException {
        Process up = up();
        await(during);
        signal(signal, up);
        assertThat(up.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).as(Files.readString(folder.resolve("err"))).isEqualTo(130);
        assertThat(cluster.processes()).isEmpty();
        Result down = cluster.run("down");
        assertThat(down.status()).as(down.err()).isZero();
        assertThat(down.err()).contains("nothing to stop");
    }

    /** The script itself cannot do anything any more; what it started is known nevertheless. */
    @Test
    void downStopsWhatAKilledStartLeftBehind() throws IOException, InterruptedException {
        Process up = up();
        await("worker-1.pid");
        signal("KILL", up);
        assertThat(up.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(cluster.processes()).isNotEmpty();
        Result down = cluster.run("down");
        assertThat(down.status()).as(down.err()).isZero();
        assertThat(cluster.processes()).isEmpty();
    }

    @Test
    void aPartThatCannotStartIsToldAndTheOthersAreStopped() throws IOException {
        Files.createDirectories(cluster.folder().resolve("hdfs"));
        Files.createFile(cluster.folder().resolve("settings"));
        Files.createFile(cluster.folder().resolve("hdfs/data")); // the data node wants a folder of that name
        Result up = cluster.run("up");
        assertThat(up.status()).as(up.err()).isEqualTo(1);
        assertThat(up.out()).isEmpty();
        assertThat(up.err()).contains("Cannot start datanode: it ended").contains("stopped what was started");
        assertThat(cluster.processes()).isEmpty();
    }
}
