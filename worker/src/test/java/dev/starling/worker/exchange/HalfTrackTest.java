package dev.starling.worker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.FlatVector;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HalfTrackTest {
    /** By the definition: 11 bits of significand down to steps of 2⁻²⁴, to the nearest, ties to even. Exact in double. */
    private static double half(double value) {
        double magnitude = Math.abs(value);
        int exponent = Math.max(-14, Math.getExponent(magnitude));
        double step = Math.scalb(1.0, exponent - 10);
        return Math.copySign(Math.min(Math.rint(magnitude / step) * step, 65504), value);
    }

    @Test
    void everyHalfIsItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Half.value((short) bits);
            if (Float.isNaN(value)) {
                assertThat(Half.value(Half.of(value))).isNaN();
            } else {
                assertThat(Half.of(value)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void floatsGoToTheNearestHalf() {
        Random random = new Random(1);
        for (int i = 0; i < 500_000; i++) {
            float value = (float) ((random.nextDouble() - 0.5) * Math.pow(2, random.nextInt(50) - 32));
            assertThat((double) Half.value(Half.of(value))).isEqualTo(half(value));
        }
        for (int bits = 0; bits < 0x7bff; bits++) {
            float middle = (Half.value((short) bits) + Half.value((short) (bits + 1))) / 2;
            assertThat(Half.of(middle)).isEqualTo((short) (bits + (bits & 1)));
            assertThat(Half.of(-middle)).isEqualTo((short) (0x8000 | (bits + (bits & 1))));
        }
    }

    @Test
    void whatIsTooLargeBecomesTheLargestButInfinityStays() {
        assertThat(Half.value(Half.of(1e30f))).isEqualTo(65504);
        assertThat(Half.value(Half.of(-65519f))).isEqualTo(-65504);
        assertThat(Half.value(Half.of(Float.NEGATIVE_INFINITY))).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    /** Two ranks' formula of the class, number by number; the weights 3 and 1, then 0 and 1, then 1 and 1. */
    @Test
    void threeRoundsAreTheWrittenOutComputation() {
        int length = 5000;
        int[][] weights = {{6, 2}, {0, 7}, {5, 5}};
        float[][] expected = new float[3][length];
        for (int i = 0; i < length; i++) {
            float a = first(i);
            float e0 = 0;
            float e1 = 0;
            float f = 0;
            for (int round = 0; round < 3; round++) {
                float d0 = ((a + step(0, round, i)) - a) + e0;
                float d1 = ((a + step(1, round, i)) - a) + e1;
                float h0 = (float) half(d0);
                float h1 = (float) half(d1);
                e0 = round == 1 ? e0 : d0 - h0;
                e1 = d1 - h1;
                float mean = round == 0 ? (3 * h0 + h1) / 4 : round == 1 ? (0 + h1) / 1 : (h0 + h1) / 2;
                mean += f;
                float h = (float) half(mean);
                f = mean - h;
                a += h;
                expected[round][i] = a;
            }
        }
        List<float[][]> found = Together.run(2, (rank, exchange) -> {
            FlatVector vector = FlatVector.allocate(length);
            for (int i = 0; i < length; i++) {
                vector.floats().put(i, first(i));
            }
            exchange.join(List.of(vector), Compression.FP16);
            float[][] ended = new float[3][];
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < length; i++) {
                    vector.floats().put(i, vector.floats().get(i) + step(rank, round, i));
                }
                exchange.average(new RoundReport(weights[round][rank], 0, false, false), weights[round]);
                ended[round] = vector.toArray();
            }
            return ended;
        });

        assertThat(found.get(0)).isDeepEqualTo(expected);
        assertThat(found.get(1)).isDeepEqualTo(expected);
    }

    private static float first(int i) {
        return (float) Math.sin(i);
    }

    private static float step(int rank, int round, int i) {
        return (float) (Math.cos(1.1 * i + rank + 7 * round) * Math.pow(10, -(i % 9)));
    }

    /** One rank of four moves by a fifth of half's smallest step in each round: on both ways it rounds to nothing, but is not lost. */
    @Test
    void whatIsTooSmallForHalfArrivesInTheEnd() {
        float tiny = 0.2f * 0x1p-24f;
        List<Float> found = Together.run(4, (rank, exchange) -> {
            FlatVector vector = FlatVector.allocate(100);
            exchange.join(List.of(vector), Compression.FP16);
            for (int round = 0; round < 1000; round++) {
                vector.floats().put(70, vector.floats().get(70) + (rank == 2 ? tiny : 0));
                exchange.average(new RoundReport(1, 0, false, false), new int[] {1, 1, 1, 1});
            }
            return vector.floats().get(70);
        });

        assertThat(found.get(0)).isCloseTo(1000 * tiny / 4, within(1.5f * 0x1p-24f));
    }

    @Test
    void stateIsWhatIsNeededToGoOnToTheBit() {
        int[] weights = {3, 1, 2};
        List<float[]> whole = Together.run(3, (rank, exchange) -> rounds(rank, exchange, 0, 6, weights, List.of()));
        List<List<float[]>> kept = Together.run(3, (rank, exchange) -> {
            rounds(rank, exchange, 0, 3, weights, List.of());
            return exchange.state().stream().map(s -> s.vector().toArray()).toList();
        });
        List<float[]> resumed =
                Together.run(3, (rank, exchange) -> rounds(rank, exchange, 3, 6, weights, kept.get(rank)));

        assertThat(resumed.get(1)).isEqualTo(whole.get(1));
        assertThat(resumed.get(1)).isEqualTo(resumed.get(2));
    }

    /** @param state what a checkpoint held after the round before {@code from}; the vector is then the anchor, its first part */
    private static float[] rounds(int rank, Exchange exchange, int from, int to, int[] weights, List<float[]> state) {
        FlatVector vector = FlatVector.allocate(4000);
        exchange.join(List.of(vector), Compression.FP16);
        for (int i = 0; i < state.size(); i++) {
            exchange.state().get(i).vector().set(state.get(i));
        }
        if (!state.isEmpty()) {
            vector.set(state.get(0));
        }
        for (int round = from; round < to; round++) {
            for (int i = 0; i < vector.length(); i++) {
                vector.floats().put(i, vector.floats().get(i) + step(rank, round, i));
            }
            exchange.average(new RoundReport(weights[rank], 0, false, false), weights);
        }
        return vector.toArray();
    }
}
