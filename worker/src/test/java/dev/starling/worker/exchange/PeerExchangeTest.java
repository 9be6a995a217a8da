package dev.starling.worker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.memory.FlatVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static Together.Body<Ending> body(int[] lengths, int[][] weights) {
        return (rank, exchange) -> {
            List<FlatVector> vectors = new ArrayList<>();
            for (int length : lengths) {
                vectors.add(FlatVector.allocate(length));
            }
            exchange.join(vectors);
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
        int ranks = 0;
        for (int[] member : layout) {
            ranks += member.length;
        }
        int[] lengths = {200_007, 0, 3, 70_001};
        int[][] weights = new int[4][ranks];
        for (int rank = 0; rank < ranks; rank++) {
            weights[0][rank] = 64;
            weights[1][rank] = 5 + 3 * rank;
            weights[2][rank] = rank == ranks - 1 ? 0 : 7;
            weights[3][rank] = rank == 1 ? 9 : 0;
        }
        List<Ending> one = Together.run(ranks, body(lengths, weights));
        List<Ending> several = Peers.run(layout, body(lengths, weights));
        for (int rank = 0; rank < ranks; rank++) {
            assertThat(several.get(rank).reports()).isEqualTo(one.get(rank).reports());
            for (int v = 0; v < one.get(rank).vectors().size(); v++) {
                assertThat(several.get(rank).vectors().get(v))
                        .isEqualTo(one.get(rank).vectors().get(v));
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
}
