package dev.starling.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Launcher;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class FullKillTest {
    private static final String TWO_EXECUTORS = "local-cluster[2,1,1024]";

    @TempDir
    private static Path folder;

    private static Disturbed disturbed;

    @BeforeAll
    static void train() throws IOException {
        Launcher.assumeBuilt();
        disturbed = Disturbed.in(folder);
    }

    @Test
    void aFrozenExecutorIsNoticedInTimeAndChangesNothing() throws IOException {
        try (Victim victim = disturbed.start("frozen", "--set", "cluster.peerTimeout=10s", "--master", TWO_EXECUTORS)) {
            victim.awaitCheckpoint("");
            Victim.signal(victim.executors(2).get(0).pid(), "STOP");
            long start = System.nanoTime();
            victim.awaitAttempts(2);
            // Noticed within peerTimeout + 30 s; then another executor takes its place.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10 + 30 + 60));
            Result result = victim.end(Disturbed.PATIENCE);

            disturbed.assertSame(result, victim.run());
        }
    }

    @Test
    void twoFailuresInOneRunChangeNothing() throws IOException {
        try (Victim victim = disturbed.start("twice", "--master", TWO_EXECUTORS)) {
            victim.awaitCheckpoint("");
            Victim.signal(victim.executors(2).get(1).pid(), "KILL");
            victim.awaitAttempts(2);
            victim.awaitCheckpoint(victim.awaitCheckpoint(""));
            Victim.signal(victim.executors(2).get(0).pid(), "KILL");
            Result result = victim.end(Disturbed.PATIENCE);

            disturbed.assertSame(result, victim.run());
            assertThat(Victim.provenance(victim.run()).get("attempts")).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aDriverKilledWhileACheckpointIsWrittenIsResumedToTheSameBits() throws IOException {
        for (int trial = 0; trial < 3; trial++) {
            Path run;
            try (Victim victim = disturbed.start(
                    "writing" + trial, "--set", "cluster.checkpoint.every=1 round", "--master", "local[2]")) {
                victim.awaitCheckpoint("");
                victim.awaitDraft();
                Victim.signal(victim.pid(), "KILL");
                run = victim.run();
                victim.end(Disturbed.PATIENCE);
            }
            try (Victim second = disturbed.resume(run, "--master", "local[2]")) {
                disturbed.assertSame(second.end(Disturbed.PATIENCE), run);
            }
        }
    }

    @Test
    void usedUpRetriesAreAClearFailureInTimeAndTheLastCheckpointIsWhole() throws IOException {
        Path run;
        try (Victim victim = disturbed.start("used-up", "--set", "cluster.retries=0", "--master", TWO_EXECUTORS)) {
            victim.awaitCheckpoint("");
            Victim.signal(victim.executors(2).get(0).pid(), "KILL");
            long start = System.nanoTime();
            Result result = victim.end(Disturbed.PATIENCE);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(90));
            run = victim.run();
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.problems())
                    .singleElement()
                    .asString()
                    .containsPattern("replica \\d.*executor \\d")
                    .contains("(cluster.retries used up: 0; the last checkpoint is whole: epoch ");
            assertThat(run.resolve("_SUCCESS")).doesNotExist();
        }
        try (Victim second = disturbed.resume(run, "--master", "local[2]")) {
            disturbed.assertSame(second.end(Disturbed.PATIENCE), run);
        }
    }

    @Test
    void anInterruptedRunSaysHowToGoOnAndDoes() throws IOException {
        Path run;
        try (Victim victim = disturbed.start("interrupted", "--master", "local[2]")) {
            victim.awaitCheckpoint("");
            // As Ctrl-C, which a process that was started in the background may ignore.
            Victim.signal(victim.pid(), "TERM");
            run = victim.run();
            Result result = victim.end(Disturbed.PATIENCE);
            assertThat(result.status()).isEqualTo(130);
            assertThat(result.problems()).containsExactly("interrupted; to go on: starling resume " + run);
        }
        try (Victim second = disturbed.resume(run, "--master", "local[2]")) {
            disturbed.assertSame(second.end(Disturbed.PATIENCE), run);
        }
    }

    @Test
    void aFullDiskIsAClearFailureThatNamesThePlaceAndTheCheckpointBeforeIsWhole() throws Exception {
        assumeTrue(
                new ProcessBuilder("id", "-u").start().inputReader().readLine().equals("0"),
                "skipped: only root mounts a small disk");
        Path disk = Files.createDirectories(folder.resolve("disk"));
        // Room for two checkpoints of half a megabyte and their files, and not for more.
        mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        try (Victim victim = disturbed.start(
                "full",
                "--set",
                "cluster.peerTimeout=2s",
                "--runs",
                disk.resolve("runs").toString(),
                "--master",
                "local[2]")) {
            Result result = victim.end(Disturbed.PATIENCE);
            assertThat(result.status()).as(result.err()).isEqualTo(1);
            assertThat(result.problems())
                    .singleElement()
                    .asString()
                    .startsWith("Cannot keep a checkpoint in " + disk)
                    .contains("No space left on device");
        } finally {
            mount("umount", disk.toString());
        }
    }

    private static void mount(String... words) throws Exception {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void aReplicaThatRunsOutOfMemoryIsAClearFailureThatNamesItAfterTheRetries() throws IOException {
        try (Victim victim = disturbed.start(
                "memory",
                "--set",
                "network.layers[4].dense.units=100000",
                "--set",
                "cluster.retries=1",
                "--conf",
                "spark.driver.memory=600m",
                "--master",
                "local[2]")) {
            Result result = victim.end(Disturbed.PATIENCE);
            assertThat(result.status()).as(result.err()).isEqualTo(1);
            assertThat(result.problems())
                    .singleElement()
                    .asString()
                    .containsPattern("replica \\d on executor driver .* ran out of memory")
                    .contains("cluster.retries used up: 1");
            JsonNode attempts = Victim.provenance(victim.run()).get("attempts");
            assertThat(attempts).hasSize(2);
        }
    }
}
