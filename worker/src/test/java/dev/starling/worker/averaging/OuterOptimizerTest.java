package dev.starling.worker.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import java.util.List;
import org.junit.jupiter.api.Test;

class OuterOptimizerTest {
    /** More than a chunk, and not a multiple of one. */
    private static final int KERNEL = 2500;

    private static final List<ParameterBlock> BLOCKS = List.of(
            block(Kind.KERNEL, 0, KERNEL),
            block(Kind.RUNNING_MEAN, KERNEL, 3),
            block(Kind.RUNNING_VARIANCE, KERNEL + 3, 3),
            block(Kind.BETA, KERNEL + 6, 3));
    private static final int LENGTH = KERNEL + 9;

    private static ParameterBlock block(Kind kind, int offset, int length) {
        return new ParameterBlock("layer", kind, offset, length, 1, 1, Initializer.ZEROS, Penalty.NONE);
    }

    private static float mean(int round, int i) {
        return (float) Math.sin(1.7 * round + 0.3 * i);
    }

    @Test
    void slowMoFollowsItsPaperWhileTheRateMoves() {
        double[] rates = {0.1, 0.05, 0.2, 0.01};
        FlatVector parameters = start();
        OuterOptimizer outer = new AveragingSpec.SlowMo(3, 0.8, 0.6)
                .outer(BLOCKS, parameters, new Arena())
                .orElseThrow();
        double[] x = values(parameters);
        double[] u = new double[LENGTH];
        for (int round = 0; round < rates.length; round++) {
            average(parameters, round);
            outer.step(rates[round]);
            for (int i = 0; i < LENGTH; i++) {
                u[i] = 0.6 * u[i] + (x[i] - mean(round, i)) / rates[round];
                x[i] -= 0.8 * rates[round] * u[i];
            }
            assertTrainable(parameters, x, round);
        }
    }

    @Test
    void diLoCoFollowsItsPaper() {
        FlatVector parameters = start();
        OuterOptimizer outer = new AveragingSpec.DiLoCo(3, 0.7, 0.9)
                .outer(BLOCKS, parameters, new Arena())
                .orElseThrow();
        double[] x = values(parameters);
        double[] b = new double[LENGTH];
        for (int round = 0; round < 4; round++) {
            average(parameters, round);
            outer.step(0.1);
            for (int i = 0; i < LENGTH; i++) {
                double delta = x[i] - mean(round, i);
                b[i] = 0.9 * b[i] + delta;
                x[i] -= 0.7 * (delta + 0.9 * b[i]);
            }
            assertTrainable(parameters, x, round);
        }
    }

    /** Running statistics stay the mean that came in, to the bit. */
    private static void assertTrainable(FlatVector parameters, double[] x, int round) {
        for (int i = 0; i < LENGTH; i++) {
            if (i >= KERNEL && i < KERNEL + 6) {
                assertThat(parameters.floats().get(i)).isEqualTo(mean(round, i));
            } else {
                assertThat((double) parameters.floats().get(i)).isCloseTo(x[i], within(1e-5));
            }
        }
    }

    @Test
    void aRateOfZeroLeavesTheParametersWhereTheyAre() {
        FlatVector parameters = start();
        OuterOptimizer outer = new AveragingSpec.SlowMo(3, 1, 0.9)
                .outer(BLOCKS, parameters, new Arena())
                .orElseThrow();
        average(parameters, 0);
        outer.step(0.1);
        float[] before = parameters.toArray();
        outer.step(0);

        assertThat(parameters.toArray()).isEqualTo(before);
    }

    @Test
    void itGoesOnFromItsMomentumAndFromTheParametersAsTheyAreAfterARestart() {
        FlatVector parameters = start();
        OuterOptimizer outer = new AveragingSpec.DiLoCo(3, 0.7, 0.9)
                .outer(BLOCKS, parameters, new Arena())
                .orElseThrow();
        average(parameters, 0);
        outer.step(0.1);
        FlatVector others = FlatVector.allocate(LENGTH);
        OuterOptimizer other = new AveragingSpec.DiLoCo(3, 0.7, 0.9)
                .outer(BLOCKS, others, new Arena())
                .orElseThrow();
        others.set(parameters);
        other.momentum().set(outer.momentum());
        other.restart();
        average(parameters, 1);
        outer.step(0.1);
        average(others, 1);
        other.step(0.1);

        assertThat(others.toArray()).isEqualTo(parameters.toArray());
    }

    @Test
    void momentumOfWhatDiedEndsAtZero() {
        FlatVector parameters = start();
        OuterOptimizer outer = new AveragingSpec.DiLoCo(3, 1, 0.5)
                .outer(BLOCKS, parameters, new Arena())
                .orElseThrow();
        average(parameters, 0);
        outer.step(0.1);
        for (int round = 0; round < 300; round++) {
            outer.restart();
            outer.step(0.1);
        }
        assertThat(outer.momentum().toArray()).containsOnly(0f);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new AveragingSpec.Every(0))
                .hasMessageContaining("every 0 steps (expected at least 1)");
        assertThatThrownBy(() -> new AveragingSpec.PostLocal(-1, 3)).hasMessageContaining("-1 epochs");
        assertThatThrownBy(() -> new AveragingSpec.SlowMo(1, 0, 0.5)).hasMessageContaining("learning rate of 0.0");
        assertThatThrownBy(() -> new AveragingSpec.DiLoCo(1, 1, 1)).hasMessageContaining("momentum of 1.0");
    }

    private static FlatVector start() {
        FlatVector parameters = FlatVector.allocate(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            parameters.floats().put(i, (float) Math.cos(i));
        }
        return parameters;
    }

    private static void average(FlatVector parameters, int round) {
        for (int i = 0; i < LENGTH; i++) {
            parameters.floats().put(i, mean(round, i));
        }
    }

    private static double[] values(FlatVector vector) {
        double[] values = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = vector.floats().get(i);
        }
        return values;
    }
}
