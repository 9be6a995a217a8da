package dev.starling.worker.optimizer;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Penalty;

/**
 * How an update runs over memory: the seam for other kinds of loops. All kinds give the same bits. Made for one optimiser; not thread-safe.
 */
public interface UpdateLoop {
    /** See {@link UpdateRule#begin}. */
    void begin(long step, double learningRate);

    /**
     * Treats and updates values {@code [from, from + length)} in one pass.
     *
     * @param state state vectors one after another, each as long as the parameters
     */
    void update(
            FlatVector parameters, FlatVector gradient, FlatVector state, int from, int length, Treatment treatment);

    /** Sum of the squares of the gradient, the penalty's included, which is not written. */
    double squaredNorm(FlatVector parameters, FlatVector gradient, int from, int length, Penalty penalty);

    /** l1·Σ|w| + l2·Σw². */
    double penalty(FlatVector parameters, int from, int length, Penalty penalty);
}
