package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.loops.Loops;
import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.dnnl.memory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelStatisticsTest {
    private static final int ROWS = 37;
    private static final int AREA = 81;
    /** A mean a thousand standard deviations away from 0: what a plain sum of squares loses altogether. */
    private static final double MEAN = 100;

    private static final double DEVIATION = 0.1;

    private final double[] means = new double[32];
    private final double[] variances = new double[32];

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 20, 32})
    void ofPlainImagesAreThoseOfDoublePrecision(int channels) throws Unplannable {
        try (Arena arena = new Arena();
                OneDnn oneDnn = new OneDnn(arena)) {
            Tensor tensor =
                    Tensor.plain(Optional.of(oneDnn), ROWS, channels, 9, 9, drawn(channels, AREA), Optional.empty());
            check(tensor, LoopsChoice.create());
            check(tensor, LoopsChoice.chunks());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 30})
    void ofFlatRowsAreThoseOfDoublePrecision(int channels) throws Unplannable {
        try (Arena arena = new Arena();
                OneDnn oneDnn = new OneDnn(arena)) {
            Tensor tensor =
                    Tensor.plain(Optional.of(oneDnn), ROWS, channels, 1, 1, drawn(channels, 1), Optional.empty());
            check(tensor, LoopsChoice.create());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void ofChannelBlocksAreThoseOfDoublePrecision(int channels) throws Unplannable {
        try (Arena arena = new Arena();
                OneDnn oneDnn = new OneDnn(arena)) {
            Tensor plain =
                    Tensor.plain(Optional.of(oneDnn), ROWS, channels, 9, 9, drawn(channels, AREA), Optional.empty());
            for (memory.format_tag blocks :
                    new memory.format_tag[] {memory.format_tag.nChw8c, memory.format_tag.nChw16c, memory.format_tag.nhwc
                    }) {
                Tensor tensor =
                        Tensor.ordered(oneDnn, ROWS, channels, 9, 9, OneDnn.describe(blocks, ROWS, channels, 9, 9));
                OneDnn.Primitive reorder = oneDnn.reorder(plain.valuesMemory(), tensor.valuesMemory());
                oneDnn.seal();
                reorder.run();
                check(tensor, LoopsChoice.create());
            }
        }
    }

    private void check(Tensor tensor, Loops loops) throws Unplannable {
        FlatVector mean = FlatVector.allocate(tensor.channels());
        FlatVector variance = FlatVector.allocate(tensor.channels());
        new ChannelStatistics(tensor, loops).compute(mean, variance);
        for (int c = 0; c < tensor.channels(); c++) {
            assertThat((double) mean.floats().get(c)).isCloseTo(means[c], within(1e-5 * MEAN * (c + 1)));
            assertThat((double) variance.floats().get(c)).isCloseTo(variances[c], within(1e-4 * variances[c]));
        }
    }

    /** Channel c around MEAN·(c + 1); remembers mean and variance in double. */
    private FlatVector drawn(int channels, int area) {
        SplittableRandom random = new SplittableRandom(5);
        FlatVector values = FlatVector.allocate(ROWS * channels * area);
        double[] sums = new double[channels];
        double[] squares = new double[channels];
        for (int i = 0; i < values.length(); i++) {
            int c = i / area % channels;
            float value = (float) (MEAN * (c + 1) + DEVIATION * (c + 1) * random.nextDouble(-1.7, 1.7));
            values.floats().put(i, value);
            double centred = value - MEAN * (c + 1);
            sums[c] += centred;
            squares[c] += centred * centred;
        }
        double count = (double) ROWS * area;
        for (int c = 0; c < channels; c++) {
            means[c] = MEAN * (c + 1) + sums[c] / count;
            variances[c] = squares[c] / count - sums[c] / count * (sums[c] / count);
        }
        return values;
    }
}
