package dev.starling.worker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedMemoryExchangeTest {
    private static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static List<float[]> averaged(int length, int... weights) {
        return Together.run(weights.length, (rank, exchange) -> {
            FlatVector vector = FlatVector.allocate(length);
            vector.set(random(length, rank));
            exchange.join(List.of(vector));
            exchange.average(new RoundReport(weights[rank], 0, false, false), weights);
            return vector.toArray();
        });
    }

    @Test
    void theMeanIsTheWeightedMeanInDoubleUpToRounding() {
        int[][] cases = {{1, 1}, {64, 64, 64}, {320, 320, 7, 0}, {5, 3, 2, 1, 9}, {64, 64, 64, 64, 64, 64, 64, 33}};
        for (int[] weights : cases) {
            int length = 10_007;
            List<float[]> results = averaged(length, weights);
            double[] mean = new double[length];
            double total = IntStream.of(weights).sum();
            for (int rank = 0; rank < weights.length; rank++) {
                float[] values = random(length, rank);
                for (int i = 0; i < length; i++) {
                    mean[i] += weights[rank] * (double) values[i] / total;
                }
            }
            for (int i = 0; i < length; i++) {
                assertThat((double) results.get(0)[i]).isCloseTo(mean[i], within(1e-6));
            }
            for (float[] result : results) {
                assertThat(result).isEqualTo(results.get(0));
            }
        }
    }

    @Test
    void theSumFollowsTheFixedTreeWhoeverComputesTheSlice() {
        float[] four = averaged(5000, 2, 2, 2, 2).get(3);
        float[] three = averaged(5000, 7, 7, 7).get(1);
        float[] five = averaged(5000, 1, 1, 1, 1, 2).get(4);
        float[][] r = new float[5][];
        for (int rank = 0; rank < 5; rank++) {
            r[rank] = random(5000, rank);
        }
        for (int i = 0; i < 5000; i++) {
            float pairs = (r[0][i] + r[1][i]) + (r[2][i] + r[3][i]);
            assertThat(four[i]).isEqualTo(pairs / 4);
            assertThat(three[i]).isEqualTo(((r[0][i] + r[1][i]) + r[2][i]) / 3);
            assertThat(five[i]).isEqualTo((pairs + 2 * r[4][i]) / 6);
        }
    }

    @Test
    void equalVectorsStayAsTheyAreUnderEqualWeights() {
        List<float[]> results = Together.run(4, (rank, exchange) -> {
            FlatVector vector = FlatVector.allocate(1000);
            vector.set(random(1000, 5));
            exchange.join(List.of(vector));
            for (int round = 0; round < 100; round++) {
                exchange.average(new RoundReport(320, 0, false, false), new int[] {320, 320, 320, 320});
            }
            return vector.toArray();
        });

        assertThat(results.get(2)).isEqualTo(random(1000, 5));
    }

    @Test
    void aReplicaOfWeightZeroTakesTheMeanAndGivesNothingNotEvenNan() {
        List<float[]> results = Together.run(2, (rank, exchange) -> {
            FlatVector vector = FlatVector.allocate(3);
            vector.set(rank == 0 ? new float[] {1, 2, 3} : new float[] {Float.NaN, 5, 6});
            exchange.join(List.of(vector));
            exchange.average(new RoundReport(rank == 0 ? 10 : 0, 0, false, false), new int[] {10, 0});
            return vector.toArray();
        });

        assertThat(results.get(1)).containsExactly(1, 2, 3);
    }

    @Test
    void reportsAreMergedInTheOrderOfRanksForEveryone() {
        List<RoundReport> reports = Together.run(3, (rank, exchange) -> {
            exchange.join(List.of(FlatVector.allocate(100)));
            RoundReport merged = RoundReport.NONE;
            for (int round = 0; round < 200; round++) {
                merged = exchange.average(
                        new RoundReport(rank + round, 0.1 * rank, rank == 1 && round == 199, false),
                        new int[] {round, 1 + round, 2 + round});
                assertThat(merged.examples()).isEqualTo(3 + 3 * round);
                assertThat(merged.stop()).isEqualTo(round == 199);
            }
            return merged;
        });

        assertThat(reports).containsOnly(new RoundReport(600, 0.1 + 0.1 * 2, true, false));
    }

    @Test
    void aReplicaThatTrainedSomethingElseThanPlannedIsNamed() {
        assertThatThrownBy(() -> Together.run(2, (rank, exchange) -> {
                    exchange.join(List.of(FlatVector.allocate(100)));
                    return exchange.average(new RoundReport(8, 0, false, false), new int[] {8, 7});
                }))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("replica 1 trained 8 examples in the round (expected 7 by the plan)");
    }

    @Test
    void gatherTellsAllWhatEachSaid() {
        List<List<String>> heard = Together.run(3, (rank, exchange) -> {
            exchange.join(List.of());
            List<byte[]> all = exchange.gather(("rank " + rank).getBytes(StandardCharsets.UTF_8));
            return all.stream().map(b -> new String(b, StandardCharsets.UTF_8)).toList();
        });

        assertThat(heard).containsOnly(List.of("rank 0", "rank 1", "rank 2"));
    }

    @Test
    void silenceOfAPeerEndsTheWaitingAndNamesIt() {
        Exchange here = GangRegistry.enter("silent", 0, 2, Duration.ofMillis(300));
        Exchange silent = GangRegistry.enter("silent", 1, 2, Duration.ofMillis(300));

        assertThatThrownBy(() -> here.join(List.of()))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("no sign of life of replicas [1]");
        here.close();
        silent.close();
        assertThat(GangRegistry.size()).isZero();
    }

    @Test
    void aPeerThatIsSlowButAliveIsWaitedFor() {
        List<Integer> ranks = Together.run(2, (rank, ignored) -> {
            try (Exchange exchange = GangRegistry.enter("slow", rank, 2, Duration.ofMillis(400))) {
                for (int i = 0; i < 12 && rank == 1; i++) {
                    Thread.sleep(100);
                    exchange.beat();
                }
                exchange.join(List.of());
                return rank;
            }
        });

        assertThat(ranks).containsExactly(0, 1);
    }

    @Test
    void anInterruptedReplicaEndsTheOthersToo() throws InterruptedException {
        Exchange first = GangRegistry.enter("interrupted", 0, 3, Duration.ofSeconds(30));
        Exchange second = GangRegistry.enter("interrupted", 1, 3, Duration.ofSeconds(30));
        Exchange third = GangRegistry.enter("interrupted", 2, 3, Duration.ofSeconds(30));
        Thread waiting = new Thread(() -> {
            try {
                first.join(List.of());
            } catch (TrainingFailed e) {
                first.close();
            }
        });
        waiting.start();
        Thread.sleep(100);
        waiting.interrupt();

        assertThatThrownBy(() -> second.join(List.of())).hasMessageContaining("replica 0 was interrupted");
        waiting.join();
        second.close();
        third.close();
        assertThat(GangRegistry.size()).isZero();
    }

    @Test
    void vectorsOfDifferentLengthsAreRefused() {
        assertThatThrownBy(() -> Together.run(2, (rank, exchange) -> {
                    try {
                        exchange.join(List.of(FlatVector.allocate(10 + rank)));
                        return rank;
                    } catch (TrainingFailed e) {
                        exchange.fail(e);
                        throw e;
                    }
                }))
                .hasMessageContaining("11 floats in replica 1 (expected 10 as in replica 0)");
    }

    @Test
    void aRankEntersOnce() {
        Exchange first = GangRegistry.enter("twice", 0, 2, Duration.ofSeconds(1));
        assertThatThrownBy(() -> GangRegistry.enter("twice", 0, 2, Duration.ofSeconds(1)))
                .hasMessageContaining("expected each once");
        first.close();
        GangRegistry.enter("twice", 1, 2, Duration.ofSeconds(1)).close();
    }

    @Test
    void aRanksMemoryStaysUntilAllHaveLeft() {
        List<FlatVector> vectors = Together.run(2, (rank, exchange) -> {
            Arena arena = new Arena();
            FlatVector vector = arena.allocate(100);
            exchange.join(List.of(vector));
            arena.close();
            // As after a failure: the owner has freed it, and a peer still writes its mean into it.
            exchange.average(new RoundReport(1, 0, false, false), new int[] {1, 1});
            return vector;
        });
        assertThatThrownBy(vectors.get(0)::toArray).hasMessageContaining("Cannot use memory that was freed");
        assertThatThrownBy(vectors.get(1)::toArray).hasMessageContaining("Cannot use memory that was freed");
    }
}
