package dev.starling.worker.gang;

import dev.starling.worker.data.Augmentation;
import dev.starling.worker.data.Augmenter;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Target;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Shape;
import java.util.function.IntToLongFunction;

/**
 * Training examples, changed anew in each epoch. What becomes of one depends on seed, epoch and the example alone. Where the target is the input, pixels move in both alike, and noise is in the input alone, which so is
 * to be denoised. One thread uses it.
 */
public final class AugmentedExamples implements Examples {
    private final Examples plain;
    private final Augmentation augmentation;
    private final Augmenter augmenter;
    private final int size;
    private final boolean targetIsInput;
    private final long seed;
    private final IntToLongFunction identity;
    private int epoch;

    private AugmentedExamples(
            Examples plain, TrainingSpec training, Shape input, Target target, IntToLongFunction identity) {
        this.plain = plain;
        this.augmentation = training.extras().augmentation();
        this.augmenter = new Augmenter(augmentation, input);
        this.size = input.size();
        this.targetIsInput = target instanceof Target.Input;
        this.seed = training.seed();
        this.identity = identity;
    }

    /**
     * The examples as the training asks for them.
     *
     * @param input shape of one
     * @param identity of the example of each number, whoever holds it
     */
    public static Examples of(
            Examples plain, TrainingSpec training, Shape input, Target target, IntToLongFunction identity) {
        return training.extras().augmentation().isNone()
                ? plain
                : new AugmentedExamples(plain, training, input, target, identity);
    }

    @Override
    public int rows() {
        return plain.rows();
    }

    @Override
    public void begin(int number) {
        epoch = number;
    }

    @Override
    public void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets) {
        plain.gather(order, from, rows, features, targets);
        for (int i = 0; i < rows; i++) {
            long own = Seeds.derive(seed, Seeds.Purpose.AUGMENT, epoch, identity.applyAsLong(order[from + i]));
            int at = i * size;
            if (augmentation.moves()) {
                augmenter.move(features, at, own);
                if (targetIsInput) {
                    targets.floats().put(at, features.floats(), at, size);
                }
            }
            if (augmentation.noise() != 0) {
                augmenter.blur(features, at, own);
            }
        }
    }
}
