package dev.starling.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on one machine: interruptions, ends in the middle of a write, a full disk, too little memory. */
@Tag("full")
@ExtendWith(Disturbed.Extension.class)
class FullTroubleTest {
    @TempDir
    private Path folder;

    private final Disturbed disturbed;

    FullTroubleTest(Disturbed disturbed) {
        this.disturbed = disturbed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void anInterruptedRunSaysHowToGoOnAndDoes(String signal) throws IOException {
        Path run;
        try (Victim victim = disturbed.start(Layout.ONE_JVM)) {
            victim.awaitCheckpoint("");
            long start = System.nanoTime();
            Victim.signal(victim.pid(), signal);
            run = victim.run();
            Result result = victim.end(Disturbed.PATIENCE);
            FaultRow.print("driver, SIG" + signal, Layout.ONE_JVM, "exit 130", start, result.problems());
            assertThat(result.status()).isEqualTo(130);
            assertThat(result.err()).doesNotContain("Exception");
            assertThat(result.problems())
                    .containsExactly("interrupted; to go on: " + Checkout.path("deploy/starling") + " resume " + run);
        }
        try (Victim second = disturbed.resume(run, Layout.ONE_JVM)) {
            disturbed.assertSame(second.end(Disturbed.PATIENCE), run);
        }
    }

    @Test
    void aDriverKilledWhileACheckpointIsWrittenIsResumedToTheSameBits() throws IOException {
        for (int trial = 0; trial < 3; trial++) {
            Path run;
            try (Victim victim = disturbed.start(Layout.ONE_JVM, "--set", "cluster.checkpoint.every=1 round")) {
                victim.awaitCheckpoint("");
                victim.awaitDraft();
                Victim.signal(victim.pid(), "KILL");
                run = victim.run();
                victim.end(Disturbed.PATIENCE);
            }
            try (Victim second = disturbed.resume(run, Layout.ONE_JVM)) {
                disturbed.assertSame(second.end(Disturbed.PATIENCE), run);
            }
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
                Layout.ONE_JVM,
                "--set",
                "cluster.peerTimeout=2s",
                "--runs",
                disk.resolve("runs").toString())) {
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
                Layout.ONE_JVM,
                "--set",
                "network.layers[4].dense.units=100000",
                "--set",
                "cluster.retries=1",
                "--conf",
                "spark.driver.memory=600m")) {
            Result result = victim.end(Disturbed.PATIENCE);
            assertThat(result.status()).as(result.err()).isEqualTo(1);
            assertThat(result.problems())
                    .singleElement()
                    .asString()
                    .containsPattern("replica \\d on executor driver .* ran out of memory")
                    .contains("cluster.retries used up: 1");
            JsonNode attempts = Victim.attempts(victim.run());
            assertThat(attempts).hasSize(2);
        }
    }
}
