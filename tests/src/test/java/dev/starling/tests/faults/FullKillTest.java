package dev.starling.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.tests.LocalCluster;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors, connections and drivers that end or freeze, with replicas in two executors, one or two in each, on a cluster of the driver's own and on a standalone one. */
@Tag("full")
@ExtendWith({Disturbed.Extension.class, LocalCluster.Extension.class})
class FullKillTest {
    private static final Duration PEER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TO_NOTICE = PEER_TIMEOUT.plusSeconds(30);
    private static final Duration FOR_ANOTHER_EXECUTOR = Duration.ofSeconds(60);
    private static final String SET_PEER_TIMEOUT = "cluster.peerTimeout=10s";

    private static Layout standalone;

    private final Disturbed disturbed;

    FullKillTest(Disturbed disturbed) {
        this.disturbed = disturbed;
    }

    @BeforeAll
    static void find(LocalCluster cluster) {
        standalone = Layout.standalone(cluster);
    }

    static Stream<Layout> layouts() {
        return Stream.of(Layout.TWO_EXECUTORS, Layout.TWO_EXECUTORS_OF_TWO, standalone);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void anExecutorKilledInTheMiddleOfARoundChangesNothing(Layout layout) throws IOException {
        oneFailureChangesNothing("executor, SIGKILL", layout, "KILL");
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aFrozenExecutorIsNoticedInTimeAndChangesNothing(Layout layout) throws IOException {
        oneFailureChangesNothing("executor, SIGSTOP", layout, "STOP");
    }

    private void oneFailureChangesNothing(String fault, Layout layout, String signal) throws IOException {
        try (Victim victim = disturbed.start(layout, "--set", SET_PEER_TIMEOUT)) {
            victim.awaitCheckpoint("");
            long start = System.nanoTime();
            Victim.signal(victim.executors(2).get(0).pid(), signal);
            requireAnotherAttempt(fault, layout, victim, start);
            disturbed.assertSame(victim.end(Disturbed.PATIENCE), victim.run());
        }
    }

    private static void requireAnotherAttempt(String fault, Layout layout, Victim victim, long start) {
        victim.awaitAttempts(2);
        Duration passed = Duration.ofNanos(System.nanoTime() - start);
        String told = victim.awaitFailure();
        FaultRow.print(fault, layout, "same bits, trains again after", start, List.of(told));
        assertThat(passed).isLessThan(TO_NOTICE.plus(FOR_ANOTHER_EXECUTOR));
        assertThat(told).startsWith("Cannot go on training: ").containsPattern("replicas? [\\d\\[].*executor \\d");
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void cutConnectionsChangeNothing(Layout layout) throws IOException {
        assumeTrue(Connections.canBeCut(), "skipped: only root cuts connections, and only where the kernel can");
        try (Victim victim = disturbed.start(layout, "--set", SET_PEER_TIMEOUT)) {
            victim.awaitCheckpoint("");
            long start = System.nanoTime();
            assertThat(Connections.cutBetween(victim.executors(2))).isPositive();
            requireAnotherAttempt("connections between executors cut", layout, victim, start);
            disturbed.assertSame(victim.end(Disturbed.PATIENCE), victim.run());
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void twoFailuresInOneRunChangeNothing(Layout layout) throws IOException {
        try (Victim victim = disturbed.start(layout)) {
            victim.awaitCheckpoint("");
            Victim.signal(victim.executors(2).get(1).pid(), "KILL");
            victim.awaitAttempts(2);
            victim.awaitCheckpoint(victim.awaitCheckpoint(""));
            long start = System.nanoTime();
            Victim.signal(victim.executors(2).get(0).pid(), "KILL");
            victim.awaitAttempts(3);
            FaultRow.print("a second executor, SIGKILL", layout, "same bits, trains again after", start, List.of());
            disturbed.assertSame(victim.end(Disturbed.PATIENCE), victim.run());
        }
    }

    @Test
    void aDriverKilledOnAClusterIsResumedThereToTheSameBits() throws IOException {
        Path run;
        try (Victim victim = disturbed.start(standalone)) {
            victim.awaitCheckpoint("");
            Victim.signal(victim.pid(), "KILL");
            run = victim.run();
            assertThat(victim.end(Disturbed.PATIENCE).status()).isEqualTo(128 + 9);
        }
        long start = System.nanoTime();
        try (Victim second = disturbed.resume(run, standalone)) {
            Result result = second.end(Disturbed.PATIENCE);
            FaultRow.print("driver, SIGKILL", standalone, "same bits, resumed in", start, List.of());
            disturbed.assertSame(result, run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP"})
    void usedUpRetriesAreAClearFailureInTimeAndTheLastCheckpointIsWhole(String signal) throws IOException {
        Layout layout = Layout.TWO_EXECUTORS_OF_TWO;
        Path run;
        try (Victim victim = disturbed.start(layout, "--set", SET_PEER_TIMEOUT, "--set", "cluster.retries=0")) {
            victim.awaitCheckpoint("");
            long start = System.nanoTime();
            Victim.signal(victim.executors(2).get(0).pid(), signal);
            victim.awaitFailure();
            Duration passed = Duration.ofNanos(System.nanoTime() - start);
            run = victim.run();
            Result result = victim.end(Disturbed.PATIENCE);
            FaultRow.print(
                    "executor, SIG" + signal + ", no retries: told after " + passed.toMillis() + " ms",
                    layout,
                    "exit 1 after",
                    start,
                    result.problems());

            assertThat(passed).isLessThan(TO_NOTICE);
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.problems())
                    .singleElement()
                    .asString()
                    .containsPattern("replicas? [\\d\\[].*executor \\d")
                    .contains("(cluster.retries used up: 0; the last checkpoint is whole: epoch ");
            assertThat(run.resolve("_SUCCESS")).doesNotExist();
        }
        try (Victim second = disturbed.resume(run, Layout.ONE_JVM_OF_FOUR)) {
            disturbed.assertSame(second.end(Disturbed.PATIENCE), run);
        }
    }
}
