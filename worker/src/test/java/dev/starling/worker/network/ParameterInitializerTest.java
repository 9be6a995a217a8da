package dev.starling.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation.Simple;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterInitializerTest {
    private static final int IN = 300;
    private static final int OUT = 500;
    private static final int N = IN * OUT;

    private static float[] kernel(Initializer initializer, long seed) {
        Weights weights = new Weights(initializer, new Initializer.Constant(0.25), Penalty.NONE, true);
        NetworkLayout layout = NetworkLayout.of(new NetworkSpec(
                new Shape.Flat(IN), List.of(new Dense("d", OUT, Simple.LINEAR, weights)), Loss.MEAN_SQUARED_ERROR));
        FlatVector all = FlatVector.allocate(layout.total());
        ParameterInitializer.initialize(layout, seed, all);
        float[] values = all.toArray();
        assertThat(values[N]).isEqualTo(0.25f);
        return Arrays.copyOf(values, N);
    }

    /** Standard deviation after the cut at two deviations, from the normal distribution: √(1 − 4φ(2) ÷ (2Φ(2) − 1)). */
    private static final double CUT = Math.sqrt(1 - 4 * 0.05399096651318806 / 0.9544997361036416);

    static Stream<Arguments> distributions() {
        double average = (IN + OUT) / 2.0;
        return Stream.of(
                Arguments.of(
                        "glorotUniform",
                        Initializer.GLOROT_UNIFORM,
                        0.0,
                        Math.sqrt(1 / average),
                        Math.sqrt(3 / average)),
                Arguments.of(
                        "glorotNormal",
                        Initializer.GLOROT_NORMAL,
                        0.0,
                        Math.sqrt(1 / average),
                        2 * Math.sqrt(1 / average) / CUT),
                Arguments.of(
                        "heNormal", Initializer.HE_NORMAL, 0.0, Math.sqrt(2.0 / IN), 2 * Math.sqrt(2.0 / IN) / CUT),
                Arguments.of("heUniform", Initializer.HE_UNIFORM, 0.0, Math.sqrt(2.0 / IN), Math.sqrt(6.0 / IN)),
                Arguments.of(
                        "lecunNormal",
                        Initializer.LECUN_NORMAL,
                        0.0,
                        Math.sqrt(1.0 / IN),
                        2 * Math.sqrt(1.0 / IN) / CUT),
                Arguments.of("truncatedNormal", new Initializer.TruncatedNormal(0.5, 0.1), 0.5, 0.1 * CUT, 0.7),
                Arguments.of("randomNormal", new Initializer.RandomNormal(-1, 0.3), -1.0, 0.3, 2.0),
                Arguments.of("randomUniform", new Initializer.RandomUniform(-1, 3), 1.0, 4 / Math.sqrt(12), 3.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void momentsAreWithinThreeStandardErrors(
            String name, Initializer initializer, double mean, double deviation, double largest) {
        float[] values = kernel(initializer, 3);
        double sum = 0;
        double most = 0;
        for (float v : values) {
            sum += v;
            most = Math.max(most, initializer instanceof Initializer.RandomNormal ? 0 : Math.abs(v));
        }
        double average = sum / N;
        double squares = 0;
        for (float v : values) {
            squares += (v - average) * (v - average);
        }
        assertThat(average).isCloseTo(mean, within(3 * deviation / Math.sqrt(N)));
        // Of a normal; that of a cut or a uniform distribution is smaller.
        assertThat(Math.sqrt(squares / N)).isCloseTo(deviation, within(3 * deviation / Math.sqrt(2.0 * N)));
        assertThat(most).isLessThanOrEqualTo(largest * (1 + 1e-6));
    }

    @Test
    void rescalingIsKerasConstant() {
        assertThat(ParameterInitializer.TRUNCATED_DEVIATION).isCloseTo(CUT, within(1e-9));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherOthers() {
        assertThat(kernel(Initializer.HE_NORMAL, 5)).isEqualTo(kernel(Initializer.HE_NORMAL, 5));
        assertThat(kernel(Initializer.HE_NORMAL, 5)).isNotEqualTo(kernel(Initializer.HE_NORMAL, 6));
    }

    @Test
    void runningStatisticsStartAsAStandardNormal() {
        NetworkLayout layout = NetworkLayout.of(Networks.mlp(3, 2, 2));
        FlatVector all = FlatVector.allocate(layout.total());
        ParameterInitializer.initialize(layout, 1, all);
        int norm = layout.layers().get(1).blocks().get(0).offset();
        assertThat(Arrays.copyOfRange(all.toArray(), norm, norm + 8)).containsExactly(1, 1, 0, 0, 0, 0, 1, 1);
    }

    @Test
    void blocksOfOneShapeGetDifferentValues() {
        NetworkLayout layout = NetworkLayout.of(Networks.mlp(4, 4, 4));
        FlatVector all = FlatVector.allocate(layout.total());
        ParameterInitializer.initialize(layout, 1, all);
        int second = layout.layers().get(2).blocks().get(0).offset();
        float[] values = all.toArray();
        assertThat(Arrays.copyOfRange(values, 0, 16)).isNotEqualTo(Arrays.copyOfRange(values, second, second + 16));
    }
}
