package dev.starling.worker.network;

/**
 * How much of a target's probability goes from the class that an example is of to others, so that no output is driven to exactly 0 or 1: every target t, 0 or 1, becomes {@code miss + t·(hit − miss)}.
 * A binary cross-entropy has two classes for each of its outputs. The loss is that of the smoothed targets, in every split, as in Keras.
 */
public sealed interface LabelSmoothing extends java.io.Serializable {
    LabelSmoothing NONE = new Everywhere(0);

    /** ε, in [0, 1); 0 = targets stay as they are. */
    double amount();

    /**
     * The target of the class that it is.
     *
     * @param classes K ≥ 2
     */
    double hit(int classes);

    /** The target of each of the other classes. */
    double miss(int classes);

    /** ε is spread over all classes, as Keras's {@code label_smoothing}: 1 − ε + ε ÷ K and ε ÷ K. */
    record Everywhere(double amount) implements LabelSmoothing {
        @Override
        public double hit(int classes) {
            return 1 - amount + amount / classes;
        }

        @Override
        public double miss(int classes) {
            return amount / classes;
        }
    }

    /** ε is spread over the other classes, as in the course's notes: 1 − ε and ε ÷ (K − 1). */
    record Others(double amount) implements LabelSmoothing {
        @Override
        public double hit(int classes) {
            return 1 - amount;
        }

        @Override
        public double miss(int classes) {
            return amount / Math.max(1, classes - 1);
        }
    }
}
