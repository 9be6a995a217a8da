package dev.starling.jobs.experiment;

/** How many replicas train. */
public sealed interface Replicas {
    /** The number for these training examples, batches and slots; at least 1. */
    int count(long trainExamples, int batchSize, int slots);

    /** The number that trains each fold of a cross-validation: as auto, one, so that folds train side by side. */
    int ofFold();

    /** One per task slot, but at most examples ÷ (4 × batchSize), at least 1. */
    record Auto() implements Replicas {
        @Override
        public int count(long trainExamples, int batchSize, int slots) {
            return (int) Math.max(1, Math.min(slots, trainExamples / (4L * batchSize)));
        }

        @Override
        public int ofFold() {
            return 1;
        }
    }

    /** A fixed number, whatever the machine; whether there are slots and examples for them is the trainer's to check. */
    record Count(int replicas) implements Replicas {
        @Override
        public int count(long trainExamples, int batchSize, int slots) {
            return replicas;
        }

        @Override
        public int ofFold() {
            return replicas;
        }
    }
}
