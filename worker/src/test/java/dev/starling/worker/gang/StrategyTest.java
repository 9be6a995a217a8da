package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.averaging.AveragingSpec.DiLoCo;
import dev.starling.worker.averaging.AveragingSpec.Every;
import dev.starling.worker.averaging.AveragingSpec.PostLocal;
import dev.starling.worker.averaging.AveragingSpec.SlowMo;
import dev.starling.worker.exchange.Peers;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategies over several epochs of uneven parts: the last rounds of an epoch are of fewer steps, and in some of them a replica has none. */
class StrategyTest {
    private static final OptimizerSpec ADAM =
            new OptimizerSpec.Adam(new Schedule.CosineDecay(0.02, 60, 0.1), 0.9, 0.99, 1e-7, 0);
    private static final OptimizerSpec SGD =
            new OptimizerSpec.Sgd(new Schedule.ExponentialDecay(0.05, 20, 0.8, false), 0, false, 0);
    private static final List<AveragingSpec> STRATEGIES = List.of(
            new Every(1),
            new Every(3),
            new PostLocal(1, 3),
            new SlowMo(3, 0.9, 0.6),
            new DiLoCo(3, 0.7, 0.5),
            new DiLoCo(1, 0.5, 0.3));

    private static List<Examples> parts(int ranks) {
        return ranks == 1
                ? Gang.dealt(37, 1)
                : Stream.of(
                                Gang.examples(0, 1, 37),
                                Gang.examples(40, 1, 17),
                                Gang.examples(60, 1, 30),
                                Gang.examples(90, 1, 1))
                        .limit(ranks)
                        .toList();
    }

    private static List<Gang.Result> train(TrainingSpec spec, int ranks) {
        return Gang.train(spec, parts(ranks), Gang.noValidation(ranks));
    }

    static List<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (int ranks : new int[] {1, 2, 4}) {
            for (boolean overlap : new boolean[] {false, true}) {
                for (AveragingSpec strategy : STRATEGIES) {
                    for (OptimizerStatePolicy policy : OptimizerStatePolicy.values()) {
                        if (ranks > 1 || policy != OptimizerStatePolicy.RESET || strategy.hasOuter()) {
                            cases.add(Arguments.of(ranks, overlap, strategy, policy));
                        }
                    }
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyStrategyFollowsItsFormula(
            int ranks, boolean overlap, AveragingSpec strategy, OptimizerStatePolicy policy) {
        for (OptimizerSpec optimizer : List.of(SGD, Gang.MOMENTUM, ADAM)) {
            TrainingSpec spec = Gang.spec(optimizer, 3, strategy, policy, overlap);
            double[][] written = Simulation.run(spec, parts(ranks));
            List<Gang.Result> trained = train(spec, ranks);

            for (int rank = 0; rank < ranks; rank++) {
                assertThat(distance(trained.get(rank).parameters(), written[rank]))
                        .isLessThan(TOLERANCE);
            }
        }
    }

    private static final double TOLERANCE = 2e-5;

    private static double distance(float[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    /** What the test above could not see would be worth nothing: neighbouring settings lie far beyond its tolerance. */
    @Test
    void anotherMomentumRateOrIntervalWouldBeSeen() {
        AveragingSpec right = new DiLoCo(3, 0.7, 0.5);
        List<TrainingSpec> wrong = List.of(
                late(new DiLoCo(3, 0.7, 0.49)),
                late(new DiLoCo(3, 0.71, 0.5)),
                late(new DiLoCo(2, 0.7, 0.5)),
                late(new SlowMo(3, 0.7, 0.5)),
                Gang.spec(ADAM, 3, right, OptimizerStatePolicy.AVERAGE, false),
                Gang.spec(ADAM, 3, right, OptimizerStatePolicy.KEEP, true),
                Gang.spec(ADAM, 3, right, OptimizerStatePolicy.RESET, true));
        float[] trained = train(late(right), 4).get(0).parameters();

        for (TrainingSpec spec : wrong) {
            assertThat(distance(trained, Simulation.run(spec, parts(4))[0])).isGreaterThan(10 * TOLERANCE);
        }
    }

    private static TrainingSpec late(AveragingSpec strategy) {
        return Gang.spec(ADAM, 3, strategy, OptimizerStatePolicy.AVERAGE, true);
    }

    private static TrainingSpec atOnce(AveragingSpec strategy, int epochs) {
        return Gang.spec(ADAM, epochs, strategy, OptimizerStatePolicy.AVERAGE, false);
    }

    @Test
    void postLocalIsEveryStepThroughItsFirstEpochs() {
        float[] everyStep = train(atOnce(new Every(1), 2), 4).get(1).parameters();

        assertThat(train(atOnce(new PostLocal(2, 5), 2), 4).get(1).parameters()).isEqualTo(everyStep);
        assertThat(train(atOnce(new PostLocal(1, 5), 2), 4).get(1).parameters()).isNotEqualTo(everyStep);
    }

    @Test
    void withoutMomentumAndWithRateOneAnOuterOptimizerIsPlainAveragingToTheBit() {
        for (boolean overlap : new boolean[] {false, true}) {
            for (int ranks : new int[] {2, 4}) {
                float[] plain = bits(new Every(3), ranks, overlap);

                assertThat(bits(new SlowMo(3, 1, 0), ranks, overlap)).isEqualTo(plain);
                assertThat(bits(new DiLoCo(3, 1, 0), ranks, overlap)).isEqualTo(plain);
                assertThat(bits(new DiLoCo(3, 1, 0.1), ranks, overlap)).isNotEqualTo(plain);
            }
        }
    }

    private static float[] bits(AveragingSpec strategy, int ranks, boolean overlap) {
        return train(Gang.spec(ADAM, 3, strategy, OptimizerStatePolicy.AVERAGE, overlap), ranks)
                .get(0)
                .parameters();
    }

    @Test
    void oneReplicaIsPlainTrainingWhateverItsIntervalAndOverlap() {
        float[] plain = bits(new Every(1), 1, false);

        assertThat(bits(new Every(4), 1, true)).isEqualTo(plain);
        assertThat(bits(new SlowMo(4, 1, 0), 1, false)).isEqualTo(plain);
        assertThat(bits(new SlowMo(4, 1, 0.5), 1, false)).isNotEqualTo(plain);
    }

    @Test
    void everyStrategyGivesTheSameBitsInAllRanksAndAgain() {
        for (AveragingSpec strategy : STRATEGIES) {
            for (boolean overlap : new boolean[] {false, true}) {
                TrainingSpec spec = Gang.spec(ADAM, 3, strategy, OptimizerStatePolicy.AVERAGE, overlap);
                List<Gang.Result> first = train(spec, 4);
                List<Gang.Result> second = train(spec, 4);

                for (int rank = 0; rank < 4; rank++) {
                    assertThat(first.get(rank).parameters())
                            .isEqualTo(first.get(0).parameters());
                    assertThat(first.get(rank).state()).isEqualTo(first.get(0).state());
                    assertThat(second.get(rank).parameters())
                            .isEqualTo(first.get(0).parameters());
                    assertThat(second.get(rank).state()).isEqualTo(first.get(0).state());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replicasInSeveralJvmsGiveTheBitsOfOne(boolean overlap) {
        TrainingSpec spec = Gang.spec(ADAM, 3, new DiLoCo(3, 0.7, 0.5), OptimizerStatePolicy.AVERAGE, overlap);
        List<Gang.Result> one = train(spec, 4);
        List<Gang.Result> several = Peers.run(
                new int[][] {{0, 2}, {1}, {3}},
                Gang.body(spec, parts(4), Gang.noValidation(4), ProgressSink.NONE, () -> false, r -> Checkpoints.NONE));

        for (int rank = 0; rank < 4; rank++) {
            assertThat(several.get(rank).parameters()).isEqualTo(one.get(rank).parameters());
            assertThat(several.get(rank).state()).isEqualTo(one.get(rank).state());
        }
    }
}
