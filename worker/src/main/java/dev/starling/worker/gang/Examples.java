package dev.starling.worker.gang;

import dev.starling.worker.memory.FlatVector;

/** Examples that a replica trains or validates on, ready for its network. */
public interface Examples {
    int rows();

    /** Called before an epoch's first batch, for examples that are others in each. */
    default void begin(int epoch) {}

    /**
     * Writes the examples numbered order[from] … order[from + rows − 1] into the first rows of a batch.
     *
     * @param order numbers in [0, {@link #rows()})
     */
    void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets);
}
