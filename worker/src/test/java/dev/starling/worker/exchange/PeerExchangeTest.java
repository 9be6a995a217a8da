package dev.starling.worker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.starling.worker.memory.FlatVector;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Averaging between JVMs, held against shared memory: not a bit may differ, however ranks lie over JVMs. */
@Timeout(60)
class PeerExchangeTest {
    private static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** What a replica ends with: vectors after each round, and merged reports. */
    private record Ending(List<float[]> vectors, List<RoundReport> reports) {}

    private static Together.Body<Ending> body(int[] lengths, int[][] weights, Compression compression) {
        return (rank, exchange) -> {
            List<FlatVector> vectors = new ArrayList<>();
            for (int length : lengths) {
                vectors.add(FlatVector.allocate(length));
            }
            exchange.join(vectors, compression);
            List<float[]> ended = new ArrayList<>();
            List<RoundReport> reports = new ArrayList<>();
            for (int round = 0; round < weights.length; round++) {
                for (FlatVector vector : vectors) {
                    float[] step = random(vector.length(), 100L * round + rank);
                    float[] now = vector.toArray();
                    for (int i = 0; i < now.length; i++) {
                        now[i] += step[i];
                    }
                    vector.set(now);
                }
                RoundReport mine =
                        new RoundReport(weights[round][rank], 0.1 * rank + round, round == 2 && rank == 1, rank == 0);
                reports.add(exchange.average(mine, weights[round]));
                vectors.forEach(v -> ended.add(v.toArray()));
                List<byte[]> heard = exchange.gather((rank + "/" + round).getBytes(StandardCharsets.UTF_8));
                for (int peer = 0; peer < heard.size(); peer++) {
                    assertThat(new String(heard.get(peer), StandardCharsets.UTF_8))
                            .isEqualTo(peer + "/" + round);
                }
            }
            return new Ending(ended, reports);
        };
    }

    static List<int[][]> layouts() {
        return List.of(
                new int[][] {{0}, {1}},
                new int[][] {{0, 1}, {2, 3}},
                new int[][] {{0, 2}, {1, 3}},
                new int[][] {{0, 1, 2}, {3}},
                new int[][] {{0}, {1}, {2}},
                new int[][] {{0, 3}, {1, 2, 4}},
                new int[][] {{0, 1, 4, 5}, {2, 3}, {6}, {7}},
                new int[][] {{0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}});
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyLayoutGivesTheBitsOfOneJvm(int[][] layout) {
        assertSameAsOneJvm(layout, Compression.NONE);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyLayoutGivesTheBitsOfOneJvmInHalfPrecisionToo(int[][] layout) {
        assertSameAsOneJvm(layout, Compression.FP16);
    }

    private static void assertSameAsOneJvm(int[][] layout, Compression compression) {
        int ranks = Arrays.stream(layout).mapToInt(member -> member.length).sum();
        int[] lengths = {200_007, 0, 3, 70_001};
        int[][] weights = new int[4][ranks];
        for (int rank = 0; rank < ranks; rank++) {
            weights[0][rank] = 64;
            weights[1][rank] = 5 + 3 * rank;
            weights[2][rank] = rank == ranks - 1 ? 0 : 7;
            weights[3][rank] = rank == 1 ? 9 : 0;
        }
        List<Ending> one = Together.run(ranks, body(lengths, weights, compression));
        List<Ending> several = Peers.run(layout, body(lengths, weights, compression));
        for (int rank = 0; rank < ranks; rank++) {
            assertThat(several.get(rank).reports()).isEqualTo(one.get(rank).reports());
            for (int v = 0; v < one.get(rank).vectors().size(); v++) {
                assertThat(several.get(rank).vectors().get(v))
                        .isEqualTo(one.get(0).vectors().get(v));
            }
        }
    }

    @Test
    void aGangWithoutVectorsStillExchangesReports() {
        List<RoundReport> reports = Peers.run(new int[][] {{0}, {1}}, (rank, exchange) -> {
            exchange.join(List.of());
            return exchange.average(new RoundReport(1 + rank, 0.5, false, false), new int[] {1, 2});
        });

        assertThat(reports).containsOnly(new RoundReport(3, 1.0, false, false));
    }

    @Test
    void aReplicaThatFailsIsNamedToAllAtOnceWhereverTheyWait() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> Peers.run(new int[][] {{0, 3}, {1}, {2}}, (rank, exchange) -> {
                    exchange.join(List.of(FlatVector.allocate(100_000)));
                    for (int round = 0; round < 10; round++) {
                        if (rank == 1 && round == 3) {
                            throw new IllegalStateException("the disk is full");
                        }
                        exchange.average(new RoundReport(1, 0, false, false), new int[] {1, 1, 1, 1});
                    }
                    return rank;
                }))
                .isInstanceOf(TrainingFailed.class)
                .hasMessage(
                        "Cannot go on training: replica 1 failed: java.lang.IllegalStateException: the disk is full")
                .hasCauseInstanceOf(TrainingFailed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aPeerThatLeavesTooEarlyIsNamed() {
        try (Peers peers = new Peers(new int[][] {{0}, {1}}, Peers.PATIENCE, List.of(Peers.plain()))) {
            assertThatThrownBy(() -> peers.run((rank, exchange) -> {
                        exchange.join(List.of(FlatVector.allocate(1000)));
                        if (rank == 0) {
                            exchange.average(new RoundReport(1, 0, false, false), new int[] {1, 1});
                        } else {
                            peers.links(1).close();
                        }
                        return rank;
                    }))
                    .isInstanceOf(TrainingFailed.class)
                    .hasMessageContaining("replicas [1] have left");
        }
    }

    @Test
    void vectorsOfDifferentLengthsAreRefused() {
        assertThatThrownBy(() -> Peers.run(new int[][] {{0}, {1}}, (rank, exchange) -> {
                    exchange.join(List.of(FlatVector.allocate(10 + rank)));
                    return rank;
                }))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("11 floats in replica 1 (expected 10 as in replica 0)");
    }

    @Test
    void aReplicaThatMakesAnotherCallThanTheOthersIsAFailureAndNoHang() {
        assertThatThrownBy(() -> Peers.run(new int[][] {{0}, {1}}, (rank, exchange) -> {
                    exchange.join(List.of());
                    return rank == 0
                            ? exchange.gather(new byte[1])
                            : exchange.average(new RoundReport(1, 0, false, false), new int[] {0, 1});
                }))
                .isInstanceOf(TrainingFailed.class);
    }

    @Test
    void aReplicaThatIsStuckIsNamedThoughItsJvmLives() {
        assertThatThrownBy(() -> {
                    try (Peers peers = new Peers(
                            new int[][] {{0}, {1}}, Peers.PATIENCE, Duration.ofMillis(1500), List.of(Peers.plain()))) {
                        peers.run((rank, exchange) -> {
                            exchange.join(List.of());
                            if (rank == 1) {
                                Thread.sleep(6000);
                            }
                            return exchange.gather(new byte[1]);
                        });
                    }
                })
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("no sign of life of replica 1 in 1.5 s");
    }

    @ParameterizedTest
    @CsvSource({"NONE, 8", "FP16, 4"})
    void aRoundSendsWhatTheoryAsks(Compression compression, int bytes) {
        int length = 1_000_000;
        List<Long> sent = Peers.run(new int[][] {{0}, {1}, {2}, {3}}, (rank, exchange) -> {
            exchange.join(List.of(FlatVector.allocate(length)), compression);
            long before = exchange.sentBytes();
            exchange.average(new RoundReport(1, 0, false, false), new int[] {1, 1, 1, 1});
            return exchange.sentBytes() - before;
        });

        assertThat(sent).allSatisfy(s -> assertThat((double) s).isCloseTo(bytes * length * 0.75, withinPercentage(1)));
    }

    /** What grew would show over two hundred rounds. The bodies of the vectors are 1.3 MB a round and replica. */
    @Test
    void manyRoundsLeaveNothingBehind() {
        long[] used = new long[2];
        Peers.run(new int[][] {{0}, {1}}, (rank, exchange) -> {
            exchange.join(List.of(FlatVector.allocate(330_000)));
            for (int round = 0; round < 260; round++) {
                if (rank == 0 && (round == 60 || round == 259)) {
                    used[round == 60 ? 0 : 1] = usedMemory();
                }
                exchange.average(new RoundReport(1, 0, false, false), new int[] {1, 1});
            }
            return rank;
        });

        assertThat(used[1] - used[0]).isLessThan(4 << 20);
    }

    /** Heap after a collection, and direct memory. */
    private static long usedMemory() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return direct
                + Runtime.getRuntime().totalMemory()
                - Runtime.getRuntime().freeMemory();
    }
}
