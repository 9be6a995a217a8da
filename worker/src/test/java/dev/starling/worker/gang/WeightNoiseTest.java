package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.data.Augmentation;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightNoiseTest {
    private static final int N = 30_001;
    private static final List<ParameterBlock> BLOCKS =
            List.of(block(Kind.KERNEL, 0, N), block(Kind.BIAS, N, 5), block(Kind.KERNEL, N + 5, 40));

    private static ParameterBlock block(Kind kind, int offset, int length) {
        return new ParameterBlock("layer", kind, offset, length, 1, 1, Initializer.ZEROS, Penalty.NONE);
    }

    private static FlatVector parameters() {
        FlatVector parameters = FlatVector.allocate(N + 45);
        for (int i = 0; i < parameters.length(); i++) {
            parameters.floats().put(i, 0.1f * i);
        }
        return parameters;
    }

    private static double[] changes(long seed) {
        FlatVector parameters = parameters();
        float[] before = parameters.toArray();
        new WeightNoise(0.3, BLOCKS).add(parameters, seed);
        double[] changes = new double[before.length];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = parameters.floats().get(i) - before[i];
        }
        return changes;
    }

    @Test
    void weightsMoveByTheAskedDeviationAndBiasesStay() {
        double[] changes = changes(4);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < N; i++) {
            sum += changes[i];
            squares += changes[i] * changes[i];
        }
        assertThat(sum / N).isCloseTo(0, within(4 * 0.3 / Math.sqrt(N)));
        assertThat(Math.sqrt(squares / N)).isCloseTo(0.3, within(4 * 0.3 / Math.sqrt(2.0 * N)));
        for (int i = N; i < N + 5; i++) {
            assertThat(changes[i]).isZero();
        }
    }

    @Test
    void aSeedRepeatsAndAnotherDoesNot() {
        assertThat(changes(4)).isEqualTo(changes(4)).isNotEqualTo(changes(5));
    }

    @Test
    void afterwardsWeightsAreWhatTheyWereToTheBit() {
        FlatVector parameters = parameters();
        WeightNoise noise = new WeightNoise(0.3, BLOCKS);
        noise.add(parameters, 4);
        noise.remove(parameters);
        assertThat(parameters.toArray()).isEqualTo(parameters().toArray());
    }

    @Test
    void theGradientIsTakenWhereTheNoisePutTheWeights() {
        // y = w·x + b with gradients of the noisy weights: plain SGD moves otherwise than without noise, and less noise
        // less so.
        double calm = distance(0.001);
        double loud = distance(0.1);
        assertThat(calm).isPositive().isLessThan(0.01 * loud + 1e-3);
        assertThat(loud).isGreaterThan(1e-4);
    }

    private static double distance(double stddev) {
        TrainingSpec spec = Gang.spec(Gang.SGD, 8, 1, 1);
        float[] still =
                Gang.train(spec, Gang.dealt(32, 2), Gang.noValidation(2)).get(0).parameters();
        Extras noise = new Extras(List.of(), stddev, List.of(), Augmentation.NONE);
        float[] noisy = Gang.train(spec.with(noise), Gang.dealt(32, 2), Gang.noValidation(2))
                .get(0)
                .parameters();
        double sum = 0;
        for (int i = 0; i < still.length; i++) {
            sum += Math.pow(still[i] - noisy[i], 2);
        }
        return Math.sqrt(sum);
    }
}
