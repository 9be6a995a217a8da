package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.exchange.GangRegistry;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.ParameterBlock.Kind;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a round's averaging beside the next round's steps begins, ends, stops and fails; that it computes the right thing is {@link StrategyTest}'s. */
class OverlapTest {
    private static TrainingSpec spec(int epochs) {
        return Gang.spec(Gang.SGD, epochs, new AveragingSpec.Every(2), OptimizerStatePolicy.AVERAGE, true);
    }

    @Test
    void roundsAreReportedOneLateAndAnEpochIsComplete() {
        List<String> told = new ArrayList<>();
        ProgressSink sink = new ProgressSink() {
            @Override
            public void round(int epoch, int round, long examples, double loss) {
                told.add(epoch + "." + round + ":" + examples);
            }

            @Override
            public void epoch(EpochReport report) {
                told.add("|");
            }
        };
        Gang.train(spec(2), Gang.dealt(72, 3), Gang.noValidation(3), sink, () -> false);

        // Rounds of 2 batches of 4 by 3 replicas: 24 examples each.
        assertThat(told).containsExactly("1.2:24", "1.3:72", "|", "2.2:24", "2.3:72", "|");
    }

    @Test
    void aWishToStopIsFollowedOneRoundLateInAllRanksAndLeavesThemEqual() {
        AtomicInteger asked = new AtomicInteger();
        List<Gang.Result> results = Gang.train(
                spec(50),
                Gang.dealt(400, 2),
                Gang.noValidation(2),
                ProgressSink.NONE,
                () -> asked.incrementAndGet() > 9);

        assertThat(results.get(0).outcome().ending()).isEqualTo(Outcome.Ending.REQUESTED);
        assertThat(results.get(0).outcome().history()).hasSize(1);
        assertThat(results.get(1).parameters()).isEqualTo(results.get(0).parameters());
        // Both ask once a round: one has said yes in round 5 at the earliest, both in round 10 at the latest.
        long examples = results.get(0).outcome().history().get(0).train().examples();
        assertThat(examples / 16).isBetween(6L, 11L);
    }

    @Test
    void aFailureOfAReplicaReachesThoseThatAverageBesideTheirSteps() {
        List<Examples> parts = new ArrayList<>(Gang.dealt(400, 2));
        parts.set(1, failing(parts.get(1)));

        assertThatThrownBy(() -> Gang.train(spec(1), parts, Gang.noValidation(2)))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("replica 1 failed")
                .hasMessageContaining("out of examples");
        assertThat(GangRegistry.size()).isZero();
    }

    private static Examples failing(Examples examples) {
        return new Examples() {
            @Override
            public int rows() {
                return examples.rows();
            }

            @Override
            public void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets) {
                if (from == 40) {
                    throw new IllegalStateException("out of examples");
                }
                examples.gather(order, from, rows, features, targets);
            }
        };
    }

    @Test
    void aReportKeepsAllItsBitsInItsVector() {
        for (double loss :
                new double[] {0, -0.0, Math.PI, 1e300, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.NaN}) {
            for (int examples : new int[] {1, 65_535, 65_536, Integer.MAX_VALUE}) {
                RoundReport report = new RoundReport(examples, loss, examples == 1, loss > 1);
                LateReport late = new LateReport();
                assertThat(late.isEmpty()).isTrue();
                late.put(report);
                float[] kept = late.vector().toArray();
                LateReport restored = new LateReport();
                restored.vector().set(kept);

                assertThat(restored.isEmpty()).isFalse();
                assertThat(restored.take()).isEqualTo(report);
                assertThat(restored.isEmpty()).isTrue();
            }
        }
    }

    @Test
    void optimizerStateBecomesWhatItWereHadTheRoundBegunFromTheMeanAndRunningVariancesNeverFallBelowZero() {
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(0.1), 0.9, 0.999, 1e-7, 0);
        List<ParameterBlock> blocks = List.of(block(Kind.GAMMA, 0), block(Kind.RUNNING_VARIANCE, 1));
        FlatVector parameters = vector(1, 0.5f);
        FlatVector state = vector(0.2f, -0.2f, 0.05f, 0.05f);
        List<FlatVector> copies = List.of(vector(2, 3), vector(0.4f, 0.4f, 1, 1));
        List<FlatVector> means = List.of(vector(5, 1), vector(-0.4f, 0, 0.01f, 4));
        new LateCorrection(blocks, adam).apply(List.of(parameters, state), copies, means, 7);

        assertThat(parameters.toArray()).containsExactly(4, 0);
        double m = Math.pow(0.9, 7);
        double v = Math.pow(0.999, 7);
        double[] expected = {0.2 - 0.8 * m, -0.2 - 0.4 * m, 0, 0.05 + 3 * v};
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) state.toArray()[i]).isCloseTo(expected[i], within(1e-6));
        }
    }

    private static ParameterBlock block(Kind kind, int offset) {
        return new ParameterBlock("bn", kind, offset, 1, 1, 1, Initializer.ZEROS, Penalty.NONE);
    }

    private static FlatVector vector(float... values) {
        FlatVector vector = FlatVector.allocate(values.length);
        vector.set(values);
        return vector;
    }
}
