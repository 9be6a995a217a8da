package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplicaTest {
    @Test
    void oneReplicaIsPlainTrainingToTheBit() {
        TrainingSpec spec = Gang.spec(Gang.MOMENTUM, 8, 3, 2);
        Gang.Result result =
                Gang.train(spec, Gang.dealt(50, 1), Gang.noValidation(1)).get(0);

        LinearStep step = new LinearStep(Gang.INPUTS, 8);
        Optimizer optimizer = new Optimizer(Gang.MOMENTUM, new Clipping.None(), Gang.blocks(), Gang.INPUTS + 1);
        FlatVector state = FlatVector.allocate(Gang.INPUTS + 1);
        Examples examples = Gang.examples(0, 1, 50);
        long steps = 0;
        for (int epoch = 0; epoch < 3; epoch++) {
            int[] order = EpochOrder.shuffled(50, Seeds.derive(7, Seeds.Purpose.SHUFFLE, epoch, 0));
            for (int from = 0; from < 50; from += 8) {
                int rows = Math.min(8, 50 - from);
                examples.gather(order, from, rows, step.features(), step.targets());
                step.train(rows, 0);
                optimizer.apply(step.parameters(), step.gradient(), state, ++steps, 0.05);
            }
        }
        assertThat(result.parameters()).isEqualTo(step.parameters().toArray());
        assertThat(result.state()).isEqualTo(state.toArray());
    }

    @Test
    void plainSgdAveragedEveryStepOverEqualBatchesIsOneLargeBatch() {
        // Four replicas with one batch of 8 an epoch, against one with a batch of 32: the same 32 examples whatever the
        // order.
        List<Gang.Result> four = Gang.train(Gang.spec(Gang.SGD, 8, 10, 1), Gang.dealt(32, 4), Gang.noValidation(4));
        Gang.Result one = Gang.train(Gang.spec(Gang.SGD, 32, 10, 1), Gang.dealt(32, 1), Gang.noValidation(1))
                .get(0);

        for (int i = 0; i <= Gang.INPUTS; i++) {
            assertThat(four.get(0).parameters()[i]).isCloseTo(one.parameters()[i], within(1e-6f));
        }
    }

    @Test
    void raggedPartsAveragedEveryStepAreOneLargeBatchToo() {
        List<Examples> parts = List.of(Gang.examples(0, 1, 8), Gang.examples(8, 1, 3), Gang.examples(11, 1, 6));
        List<Gang.Result> three = Gang.train(Gang.spec(Gang.SGD, 8, 10, 1), parts, Gang.noValidation(3));
        Gang.Result one = Gang.train(Gang.spec(Gang.SGD, 17, 10, 1), Gang.dealt(17, 1), Gang.noValidation(1))
                .get(0);

        for (int i = 0; i <= Gang.INPUTS; i++) {
            assertThat(three.get(2).parameters()[i]).isCloseTo(one.parameters()[i], within(1e-6f));
        }
    }

    @Test
    void replicasEndWithTheSameBitsAndTwoRunsToo() {
        TrainingSpec spec = Gang.spec(Gang.MOMENTUM, 4, 4, 3);
        List<Gang.Result> first = Gang.train(spec, Gang.dealt(101, 3), Gang.blocksFor(3, 5));
        List<Gang.Result> second = Gang.train(spec, Gang.dealt(101, 3), Gang.blocksFor(3, 5));

        for (int rank = 0; rank < 3; rank++) {
            assertThat(first.get(rank).parameters()).isEqualTo(first.get(0).parameters());
            assertThat(second.get(rank).parameters()).isEqualTo(first.get(0).parameters());
            assertThat(second.get(rank).state()).isEqualTo(first.get(0).state());
        }
        assertThat(Gang.validation(second)).isEqualTo(Gang.validation(first));
    }

    /** Property: whatever the sizes of the parts, batch and round, each example is trained once an epoch. */
    @Test
    void everyExampleIsTrainedOncePerEpochWhateverTheSizes() {
        Random random = new Random(11);
        for (int trial = 0; trial < 40; trial++) {
            int ranks = 1 + random.nextInt(5);
            int batch = 1 + random.nextInt(9);
            int every = 1 + random.nextInt(4);
            AtomicIntegerArray seen = new AtomicIntegerArray(ranks * 40);
            List<Examples> parts = new ArrayList<>();
            int total = 0;
            for (int rank = 0; rank < ranks; rank++) {
                int rows = rank == 0 ? 1 + random.nextInt(40) : random.nextInt(41);
                total += rows;
                parts.add(counting(Gang.examples(rank, ranks, rows), seen, rank * 40));
            }
            List<Gang.Result> results =
                    Gang.train(Gang.spec(Gang.SGD, batch, 3, every), parts, Gang.noValidation(ranks));

            for (int rank = 0; rank < ranks; rank++) {
                for (int i = 0; i < 40; i++) {
                    assertThat(seen.get(rank * 40 + i))
                            .isEqualTo(i < parts.get(rank).rows() ? 3 : 0);
                }
            }
            for (EpochReport epoch : results.get(0).outcome().history()) {
                assertThat(epoch.train().examples()).isEqualTo(total);
            }
        }
    }

    private static Examples counting(Examples examples, AtomicIntegerArray seen, int offset) {
        return new Examples() {
            @Override
            public int rows() {
                return examples.rows();
            }

            @Override
            public void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets) {
                for (int i = from; i < from + rows; i++) {
                    seen.incrementAndGet(offset + order[i]);
                }
                examples.gather(order, from, rows, features, targets);
            }
        };
    }

    @Test
    void adamBeginsItsCountAnewWhereItsStateIsReset() {
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(0.01), 0.9, 0.999, 1e-12, 0);
        List<Gang.Result> results = Gang.train(
                Gang.spec(adam, 4, 1, 1, Optional.empty(), OptimizerStatePolicy.RESET),
                Gang.dealt(40, 2),
                Gang.noValidation(2));

        // Adam's first step is the learning rate times the gradient's sign; the mean of two such is a multiple of half
        // of it.
        for (float parameter : results.get(0).parameters()) {
            double steps = parameter / 0.005;
            assertThat(steps).isCloseTo(Math.rint(steps), within(0.01));
        }
    }

    @Test
    void scheduleSeesTheBatchesOfTheWholeGang() {
        // Rate 1 at the gang's batch 2 alone, which is local step 1 of both replicas: all else leaves the weights at 0.
        Schedule pulse = new Schedule.PiecewiseConstant(List.of(1L, 2L), List.of(0.0, 0.1, 0.0));
        TrainingSpec spec = Gang.spec(new OptimizerSpec.Sgd(pulse, 0, false, 0), 4, 1, 1);
        List<Gang.Result> result = Gang.train(spec, Gang.dealt(24, 2), Gang.noValidation(2));
        Schedule never = new Schedule.PiecewiseConstant(List.of(0L, 1L), List.of(0.0, 0.1, 0.0));
        List<Gang.Result> nothing = Gang.train(
                Gang.spec(new OptimizerSpec.Sgd(never, 0, false, 0), 4, 1, 1), Gang.dealt(24, 2), Gang.noValidation(2));

        assertThat(result.get(0).parameters()[3]).isNotZero();
        assertThat(nothing.get(0).parameters()).containsOnly(0f);
    }

    @Test
    void resetStateBeginsAnewAndKeptStateStaysEachReplicasOwn() {
        List<Gang.Result> reset = Gang.train(
                Gang.spec(Gang.MOMENTUM, 4, 1, 2, Optional.empty(), OptimizerStatePolicy.RESET),
                Gang.dealt(32, 2),
                Gang.noValidation(2));
        List<Gang.Result> keep = Gang.train(
                Gang.spec(Gang.MOMENTUM, 4, 1, 2, Optional.empty(), OptimizerStatePolicy.KEEP),
                Gang.dealt(32, 2),
                Gang.noValidation(2));

        assertThat(reset.get(0).state()).containsOnly(0f);
        assertThat(keep.get(0).state()).isNotEqualTo(keep.get(1).state());
        assertThat(keep.get(0).parameters()).isEqualTo(keep.get(1).parameters());
    }
}
