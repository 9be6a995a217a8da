package dev.starling.worker.step;

import dev.starling.worker.memory.FlatVector;

/**
 * The seam between how a gradient is computed and all else. The caller writes a batch into {@link #features} and {@link #targets}, asks for the
 * gradient, reads {@link #outputs}, and lets the optimiser change {@link #parameters}. One thread uses a step, from its making to its
 * closing (ND4J's random numbers and work spaces are per thread).
 */
public interface Step extends AutoCloseable {
    /** Most examples in a batch. */
    int batchSize();

    /** batchSize × input size; an example's values lie together, channels first (see {@code NetworkLayout}). The caller fills the first rows. */
    FlatVector features();

    /** batchSize × outputs. */
    FlatVector targets();

    /** batchSize × outputs: what the network gave (after its last activation) at the last call of {@link #train} or {@link #infer}. */
    FlatVector outputs();

    /** All parameters, running statistics too, in DL4J's order; in place, so that a change takes effect at once. */
    FlatVector parameters();

    /**
     * The mean gradient of the loss over the batch, with what activations cost and without penalties on weights, as long as the parameters; 0 where running statistics lie. Its content is the
     * caller's to change (clipping) until the next {@link #train}.
     */
    FlatVector gradient();

    /**
     * Forward and backward in training mode: fills {@link #gradient} and {@link #outputs} and moves running statistics in {@link #parameters}.
     *
     * @param rows 1 to batchSize: the examples that features and targets hold
     * @param seed for what is random in this batch (dropout); the same seed draws the same
     */
    void train(int rows, long seed);

    /** Forward in inference mode: fills {@link #outputs} for the first {@code rows}. */
    void infer(int rows);

    /** What activations cost in the last batch, per example in the mean (see {@code ActivityPenalty}); its gradient is in {@link #gradient}. 0 where they cost nothing. */
    default double activityPenalty() {
        return 0;
    }

    /** What provenance and summary say: {@code reference} or {@code planned}, with kernels or the reason for a fallback. */
    String description();

    /** Frees the step's memory: its vectors are not to be used any more. */
    @Override
    void close();
}
