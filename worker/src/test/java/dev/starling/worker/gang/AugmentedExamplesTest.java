package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.data.Augmentation;
import dev.starling.worker.data.Augmentation.Mirror;
import dev.starling.worker.data.Target;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Shape;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.StepChoice;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class AugmentedExamplesTest {
    private static final Shape SHAPE = new Shape.Image(4, 4, 1);
    private static final int SIZE = 16;
    private static final Augmentation MOVES = new Augmentation(20, 0.2, Mirror.BOTH, 0.2, 0);

    /** Ten images, each a ramp of its own; the target is a copy. */
    private record Ramps() implements Examples {
        @Override
        public int rows() {
            return 10;
        }

        @Override
        public void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets) {
            for (int i = 0; i < rows; i++) {
                for (int k = 0; k < SIZE; k++) {
                    features.floats().put(i * SIZE + k, (order[from + i] + 1) * (float) k);
                    targets.floats().put(i * SIZE + k, (order[from + i] + 1) * (float) k);
                }
            }
        }
    }

    private static Examples examples(Augmentation augmentation, Target target, IntToLongFunction identity) {
        TrainingSpec training = new TrainingSpec(
                        7,
                        new OptimizerSpec.Sgd(new Schedule.Constant(0.1), 0, false, 0),
                        new Clipping.None(),
                        4,
                        2,
                        List.of(),
                        new AveragingSpec.Every(1),
                        OptimizerStatePolicy.AVERAGE,
                        Compression.NONE,
                        false,
                        StepChoice.AUTO)
                .with(new Extras(List.of(), 0, List.of(), augmentation));
        return AugmentedExamples.of(new Ramps(), training, SHAPE, target, identity);
    }

    private record Batch(float[] features, float[] targets) {}

    private static Batch batch(Examples examples, int epoch, int... order) {
        FlatVector features = FlatVector.allocate(order.length * SIZE);
        FlatVector targets = FlatVector.allocate(order.length * SIZE);
        examples.begin(epoch);
        examples.gather(order, 0, order.length, features, targets);
        return new Batch(features.toArray(), targets.toArray());
    }

    private static float[] image(Batch batch, int at) {
        return java.util.Arrays.copyOfRange(batch.features, at * SIZE, (at + 1) * SIZE);
    }

    @Test
    void anExampleIsTheSameInWhateverBatchAndReplicaAndAnotherInTheNextEpoch() {
        Target classes = new Target.Classes(List.of("a", "b"));
        Batch alone = batch(examples(MOVES, classes, n -> n), 0, 3);
        Batch among = batch(examples(MOVES, classes, n -> n), 0, 1, 2, 3);
        Batch elsewhere = batch(examples(MOVES, classes, n -> n + 100), 0, 3);
        Batch next = batch(examples(MOVES, classes, n -> n), 1, 3);

        assertThat(image(among, 2)).isEqualTo(image(alone, 0));
        assertThat(image(next, 0)).isNotEqualTo(image(alone, 0));
        assertThat(image(elsewhere, 0)).isNotEqualTo(image(alone, 0));
        assertThat(alone.targets).isEqualTo(batch(new Ramps(), 0, 3).targets);
    }

    @Test
    void aTargetThatIsTheInputMovesWithItButHasNoNoise() {
        Batch moved = batch(examples(MOVES, new Target.Input(), n -> n), 0, 3, 5);
        Batch noisy =
                batch(examples(new Augmentation(20, 0.2, Mirror.BOTH, 0.2, 0.5), new Target.Input(), n -> n), 0, 3, 5);

        assertThat(moved.targets).isEqualTo(moved.features);
        assertThat(noisy.targets).isEqualTo(moved.targets);
        assertThat(noisy.features).isNotEqualTo(noisy.targets);
    }

    @Test
    void withoutAugmentationThereIsNothingBetween() {
        assertThat(examples(Augmentation.NONE, new Target.Input(), n -> n)).isInstanceOf(Ramps.class);
    }
}
