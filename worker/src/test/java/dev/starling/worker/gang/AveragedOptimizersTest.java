package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.optimizer.Formulas;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Five steps of three replicas that average every second one, written out in double precision with each optimiser's formula. */
class AveragedOptimizersTest {
    private static final int RANKS = 3;
    private static final int ROWS = 20;
    private static final int BATCH = 4;
    private static final int EVERY = 2;
    private static final double RATE = 0.02;
    private static final Schedule CONSTANT = new Schedule.Constant(RATE);

    static Stream<OptimizerSpec> optimizers() {
        return Stream.of(
                new OptimizerSpec.Sgd(CONSTANT, 0, false, 0),
                new OptimizerSpec.Sgd(CONSTANT, 0.9, false, 0),
                new OptimizerSpec.Sgd(CONSTANT, 0.9, true, 0),
                new OptimizerSpec.Adagrad(CONSTANT, 0.1, 1e-7, 0),
                new OptimizerSpec.RmsProp(CONSTANT, 0.9, 0.5, 1e-7, 0),
                new OptimizerSpec.Adam(CONSTANT, 0.9, 0.999, 1e-7, 0),
                new OptimizerSpec.AmsGrad(CONSTANT, 0.9, 0.999, 1e-7, true, 0));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void fiveStepsOfAGangEqualTheFormula(OptimizerSpec spec) {
        List<Gang.Result> gang =
                Gang.train(Gang.spec(spec, BATCH, 1, EVERY), Gang.dealt(RANKS * ROWS, RANKS), Gang.noValidation(RANKS));
        double[] expected = written(spec);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) gang.get(0).parameters()[i]).isCloseTo(expected[i], within(2e-6));
        }
    }

    private static double[] written(OptimizerSpec spec) {
        int n = Gang.INPUTS + 1;
        double[][] parameters = new double[RANKS][n];
        double[][][] states = new double[RANKS][n][3];
        for (int t = 1; t <= ROWS / BATCH; t++) {
            for (int rank = 0; rank < RANKS; rank++) {
                double[] gradient = gradient(parameters[rank], rank, (t - 1) * BATCH);
                for (int i = 0; i < n; i++) {
                    parameters[rank][i] =
                            Formulas.next(spec, parameters[rank][i], gradient[i], states[rank][i], t, RATE);
                }
            }
            if (t % EVERY == 0 || t == ROWS / BATCH) {
                average(parameters);
                for (int i = 0; i < n; i++) {
                    averageStates(states, i);
                }
            }
        }
        return parameters[0];
    }

    private static double[] gradient(double[] p, int rank, int from) {
        FlatVector x = FlatVector.allocate(BATCH * Gang.INPUTS);
        FlatVector t = FlatVector.allocate(BATCH);
        int[] order = EpochOrder.shuffled(ROWS, Seeds.derive(7, Seeds.Purpose.SHUFFLE, 0, rank));
        Gang.examples(rank, RANKS, ROWS).gather(order, from, BATCH, x, t);
        double[] gradient = new double[Gang.INPUTS + 1];
        for (int row = 0; row < BATCH; row++) {
            double error = p[Gang.INPUTS] - t.floats().get(row);
            for (int i = 0; i < Gang.INPUTS; i++) {
                error += p[i] * x.floats().get(row * Gang.INPUTS + i);
            }
            for (int i = 0; i < Gang.INPUTS; i++) {
                gradient[i] += 2 * error * x.floats().get(row * Gang.INPUTS + i) / BATCH;
            }
            gradient[Gang.INPUTS] += 2 * error / BATCH;
        }
        for (int i = 0; i < Gang.INPUTS; i++) {
            // The penalty 0.001·Σw² of the gang's weights; the bias has none.
            gradient[i] += 2 * 0.001 * p[i];
        }
        return gradient;
    }

    private static void average(double[][] values) {
        for (int i = 0; i < values[0].length; i++) {
            double mean = 0;
            for (double[] replica : values) {
                mean += replica[i] / RANKS;
            }
            for (double[] replica : values) {
                replica[i] = mean;
            }
        }
    }

    private static void averageStates(double[][][] states, int i) {
        average(new double[][] {states[0][i], states[1][i], states[2][i]});
    }
}
