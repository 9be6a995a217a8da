package dev.starling.worker.optimizer;

/** What keeps a gradient from being too large, as Keras's clipnorm, global_clipnorm and clipvalue; after the penalties' gradient is added. */
public sealed interface Clipping extends java.io.Serializable {
    record None() implements Clipping {}

    /** Each parameter block's gradient is scaled down to this Euclidean norm, > 0. */
    record Norm(double norm) implements Clipping {}

    /** The whole gradient is scaled down to this Euclidean norm, > 0. */
    record GlobalNorm(double norm) implements Clipping {}

    /** Each value is cut to [−value, value], value > 0. */
    record Value(double value) implements Clipping {}
}
