package dev.starling.worker.data;

import dev.starling.worker.random.Noise;

/** Seeds derived from an experiment's seed and what they are for, so that no generator is shared and order does not matter. */
public final class Seeds {
    private Seeds() {}

    /** What a seed is for; the number is part of the derivation, so it never changes. */
    public enum Purpose {
        INITIALIZE(1),
        SPLIT(2),
        DEAL(3),
        SHUFFLE(4),
        DROPOUT(5),
        AUGMENT(6),
        LABELLED(7),
        CLUSTER(8),
        SEARCH(20),
        FOLD(21),
        INNER_SPLIT(22),
        FOLD_TRAINING(23),
        BOOTSTRAP(24),
        INSPECTION(40),
        PRETRAINING(41);

        private final int number;

        Purpose(int number) {
            this.number = number;
        }
    }

    /** Mixes with the finaliser of MurmurHash3 (the one of SplittableRandom), part by part. */
    public static long derive(long seed, Purpose purpose, long... parts) {
        long mixed = mix(seed + 0x9E3779B97F4A7C15L * purpose.number);
        for (long part : parts) {
            mixed = mix(mixed + 0x9E3779B97F4A7C15L + part * 0xD1B54A32D192ED03L);
        }
        return mixed;
    }

    /** As {@link Noise#mix}. */
    public static long mix(long z) {
        return Noise.mix(z);
    }
}
