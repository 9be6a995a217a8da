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
     * Treats and updates the values of a segment: adds the gradient of its penalty, clips, decays the weights, applies the rule.
     *
     * @param gradient may be changed by the treatment
     * @param state state vectors one after another, each as long as the parameters
     * @param scale multiplies the gradient; 1 = nothing is clipped by its norm
     * @param limit then cuts the gradient to [−limit, limit]; infinite = nothing is cut
     * @param decay w ← w − decay·w before the rule; 0 = none
     */
    void update(
            FlatVector parameters,
            FlatVector gradient,
            FlatVector state,
            Segment segment,
            float scale,
            float limit,
            float decay);

    /** Sum of the squares of the gradient, the penalty's included, which is not written. */
    double squaredNorm(FlatVector parameters, FlatVector gradient, int from, int length, Penalty penalty);

    /** l1·Σ|w| + l2·Σw². */
    double penalty(FlatVector parameters, int from, int length, Penalty penalty);
}
