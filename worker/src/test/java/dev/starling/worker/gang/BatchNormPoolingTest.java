package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.Together;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchNormPoolingTest {
    private static final int CHANNELS = 5;

    private static ParameterBlock block(Kind kind, int offset) {
        return new ParameterBlock("bn", kind, offset, CHANNELS, 1, 1, Initializer.ZEROS, Penalty.NONE);
    }

    private static final List<ParameterBlock> BLOCKS = List.of(
            block(Kind.GAMMA, 0),
            block(Kind.BETA, CHANNELS),
            block(Kind.RUNNING_MEAN, 2 * CHANNELS),
            block(Kind.RUNNING_VARIANCE, 3 * CHANNELS));

    private static final int[] WEIGHTS = {64, 64, 9};

    private static float mean(int rank, int round, int channel) {
        return (float) (100 * channel + 3 * Math.sin(rank + 2.0 * channel + round));
    }

    private static float variance(int rank, int round, int channel) {
        return (float) (0.5 + Math.abs(Math.cos(3.0 * rank + channel + round)));
    }

    @Test
    void statisticsArePooledAsIfOneReplicaHadSeenAllExamples() {
        int rounds = 3;
        List<float[]> results = Together.run(WEIGHTS.length, (rank, exchange) -> {
            FlatVector parameters = FlatVector.allocate(4 * CHANNELS);
            BatchNormPooling pooling = new BatchNormPooling(BLOCKS, parameters);
            exchange.join(List.of(parameters));
            for (int round = 0; round < rounds; round++) {
                for (int c = 0; c < CHANNELS; c++) {
                    parameters.floats().put(2 * CHANNELS + c, mean(rank, round, c));
                    parameters.floats().put(3 * CHANNELS + c, variance(rank, round, c));
                }
                pooling.before();
                exchange.average(new RoundReport(WEIGHTS[rank], 0, false, false), WEIGHTS);
                pooling.after();
            }
            return parameters.toArray();
        });

        for (int c = 0; c < CHANNELS; c++) {
            double total = 0;
            double mean = 0;
            for (int rank = 0; rank < WEIGHTS.length; rank++) {
                total += WEIGHTS[rank];
                mean += WEIGHTS[rank] * (double) mean(rank, rounds - 1, c);
            }
            mean /= total;
            double variance = 0;
            for (int rank = 0; rank < WEIGHTS.length; rank++) {
                double distance = mean(rank, rounds - 1, c) - mean;
                variance += WEIGHTS[rank] / total * (variance(rank, rounds - 1, c) + distance * distance);
            }
            assertThat((double) results.get(0)[2 * CHANNELS + c]).isCloseTo(mean, within(1e-4));
            assertThat((double) results.get(0)[3 * CHANNELS + c]).isCloseTo(variance, within(1e-4));
        }
        assertThat(results.get(1)).isEqualTo(results.get(0));
    }

    /** A replica that has no batch left still holds what it held; whatever that is, it does not count, and it goes on from the others'. */
    @Test
    void aReplicaOfWeightZeroDoesNotCountAndTakesTheOthersStatistics() {
        int[] weights = {64, 0, 9};
        List<float[]> results = Together.run(3, (rank, exchange) -> {
            FlatVector parameters = FlatVector.allocate(4 * CHANNELS);
            BatchNormPooling pooling = new BatchNormPooling(BLOCKS, parameters);
            exchange.join(List.of(parameters));
            for (int round = 0; round < 2; round++) {
                for (int c = 0; c < CHANNELS; c++) {
                    float nothing = round == 0 ? Float.NaN : 1e30f;
                    parameters.floats().put(2 * CHANNELS + c, rank == 1 ? nothing : mean(rank, round, c));
                    parameters.floats().put(3 * CHANNELS + c, rank == 1 ? nothing : variance(rank, round, c));
                }
                pooling.before();
                exchange.average(new RoundReport(weights[rank], 0, false, false), weights);
                pooling.after();
            }
            return parameters.toArray();
        });

        for (int c = 0; c < CHANNELS; c++) {
            double mean = (64.0 * mean(0, 1, c) + 9.0 * mean(2, 1, c)) / 73;
            double first = mean(0, 1, c) - mean;
            double last = mean(2, 1, c) - mean;
            double variance = (64 * (variance(0, 1, c) + first * first) + 9 * (variance(2, 1, c) + last * last)) / 73;
            assertThat((double) results.get(1)[2 * CHANNELS + c]).isCloseTo(mean, within(1e-4));
            assertThat((double) results.get(1)[3 * CHANNELS + c]).isCloseTo(variance, within(1e-4));
        }
        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @Test
    void aVarianceIsNeverBelowZero() {
        List<Float> smallest = Together.run(3, (rank, exchange) -> {
            FlatVector parameters = FlatVector.allocate(4 * CHANNELS);
            BatchNormPooling pooling = new BatchNormPooling(BLOCKS, parameters);
            exchange.join(List.of(parameters));
            float least = 0;
            for (int round = 0; round < 200; round++) {
                for (int c = 0; c < CHANNELS; c++) {
                    parameters.floats().put(2 * CHANNELS + c, (float) (0.1 * round + 0.37 * c));
                    parameters.floats().put(3 * CHANNELS + c, 0);
                }
                pooling.before();
                exchange.average(new RoundReport(3 + rank, 0, false, false), new int[] {3, 4, 5});
                pooling.after();
                for (int c = 0; c < CHANNELS; c++) {
                    least = Math.min(least, parameters.floats().get(3 * CHANNELS + c));
                }
            }
            return least;
        });

        assertThat(smallest).containsOnly(0f);
    }
}
