package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.worker.exchange.GangRegistry;
import dev.starling.worker.exchange.Together;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndingTest {
    private static List<Metrics> values(List<Gang.Result> results) {
        return results.get(0).outcome().history().stream()
                .map(e -> e.validation().orElseThrow())
                .toList();
    }

    @Test
    void earlyStoppingEndsAllReplicasAtTheSameEpochAndRestoresTheBest() {
        EarlyStopping rule = new EarlyStopping("validation", "loss", 2, 0.01, true);
        TrainingSpec spec = Gang.spec(Gang.SGD, 4, 500, 2, Optional.of(rule), OptimizerStatePolicy.AVERAGE);
        List<Gang.Result> results = Gang.train(spec, Gang.dealt(60, 3), Gang.blocksFor(3, 4));
        List<Metrics> values = values(results);
        int epochs = values.size();

        assertThat(results).allSatisfy(r -> assertThat(r.outcome().ending()).isEqualTo(Ending.EARLY));
        assertThat(epochs).isBetween(4, 100);
        assertThat(values.get(epochs - 3).loss())
                .isLessThan(values.get(epochs - 4).loss() - 0.01);
        assertThat(values.get(epochs - 1).loss())
                .isGreaterThan(values.get(epochs - 3).loss() - 0.01);
        TrainingSpec upToTheBest = Gang.spec(Gang.SGD, 4, epochs - 2, 2);
        List<Gang.Result> best = Gang.train(upToTheBest, Gang.dealt(60, 3), Gang.blocksFor(3, 4));
        assertThat(results.get(0).parameters()).isEqualTo(best.get(0).parameters());
        assertThat(results.get(2).parameters()).isEqualTo(best.get(0).parameters());
    }

    @Test
    void aLossThatIsNotFiniteStopsAllAtItsRoundAndNamesIt() {
        // Parameters grow a millionfold a step and leave the floats in the middle of the first epoch's 25 rounds.
        OptimizerSpec wild = new OptimizerSpec.Sgd(new Schedule.Constant(1e6), 0, false, 0);

        assertThatThrownBy(() -> Gang.train(Gang.spec(wild, 4, 50, 2), Gang.dealt(400, 2), Gang.noValidation(2)))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageMatching("Cannot go on training: the loss is (NaN|Infinity) in epoch 1, round [2-9] "
                        + "\\(expected finite values.*");
    }

    @Test
    void parametersThatOverflowInTheLastBatchStopTheRunToo() {
        Schedule atTheEnd = new Schedule.PiecewiseConstant(List.of(4L), List.of(0.01, 1e38));
        OptimizerSpec wild = new OptimizerSpec.Sgd(atTheEnd, 0, false, 0);

        assertThatThrownBy(() -> Gang.train(Gang.spec(wild, 4, 1, 1), Gang.dealt(24, 1), Gang.noValidation(1)))
                .hasMessageContaining("a parameter is not finite in epoch 1, round 6");
    }

    @Test
    void aReplicaThatThrowsEndsTheOthersAtOnceWithItsCause() {
        AtomicInteger batches = new AtomicInteger();
        Examples broken = new Examples() {
            @Override
            public int rows() {
                return 40;
            }

            @Override
            public void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets) {
                if (batches.incrementAndGet() == 4) {
                    throw new IllegalStateException("Cannot read the disk");
                }
            }
        };
        List<Examples> parts = List.of(Gang.examples(0, 1, 40), broken, Gang.examples(40, 1, 40));

        // The failure seen is rank 0's, which only waited.
        assertThatThrownBy(() -> Gang.train(Gang.spec(Gang.SGD, 4, 5, 1), parts, Gang.noValidation(3)))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("replica 1 failed")
                .hasMessageContaining("Cannot read the disk");
        assertThat(GangRegistry.size()).isZero();
    }

    @Test
    void aReplicaThatFailsBeforeItJoinsIsHeardOfToo() {
        assertThatThrownBy(() -> Together.run(3, (rank, exchange) -> {
                    if (rank == 2) {
                        IllegalStateException cause = new IllegalStateException("Cannot build the network");
                        exchange.fail(cause);
                        throw cause;
                    }
                    exchange.join(List.of(FlatVector.allocate(4)));
                    return rank;
                }))
                .hasMessageContaining("replica 2 failed")
                .hasMessageContaining("Cannot build the network");
        assertThat(GangRegistry.size()).isZero();
    }

    @Test
    void aStopAskedOfOneReplicaEndsAllAfterTheRound() {
        AtomicInteger rounds = new AtomicInteger();
        ProgressSink counter = new ProgressSink() {
            @Override
            public void round(int epoch, int round, long examples, double loss) {
                rounds.incrementAndGet();
            }

            @Override
            public void epoch(EpochReport report) {}
        };
        List<Gang.Result> results = Gang.train(
                Gang.spec(Gang.SGD, 4, 100, 1),
                Gang.dealt(40, 2),
                Gang.noValidation(2),
                counter,
                () -> rounds.get() >= 7);

        assertThat(results).allSatisfy(r -> assertThat(r.outcome().ending()).isEqualTo(Ending.REQUESTED));
        assertThat(rounds.get()).isBetween(8, 9);
        assertThat(results.get(0).parameters()).isEqualTo(results.get(1).parameters());
    }
}
