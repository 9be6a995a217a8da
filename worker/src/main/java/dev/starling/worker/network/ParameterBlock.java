package dev.starling.worker.network;

/**
 * A run of the flat parameter vector that belongs to one parameter of one layer.
 *
 * @param layer the layer's name
 * @param kind what it is
 * @param offset first float in the flat vector, in DL4J's order of parameters
 * @param length floats
 * @param fanIn Keras's fan, for initialisers
 * @param fanOut likewise
 * @param frozen whether its layer does not learn
 */
public record ParameterBlock(
        String layer,
        Kind kind,
        int offset,
        int length,
        int fanIn,
        int fanOut,
        Initializer initializer,
        Penalty penalty,
        boolean frozen) {
    /** Of a layer that learns. */
    public ParameterBlock(
            String layer,
            Kind kind,
            int offset,
            int length,
            int fanIn,
            int fanOut,
            Initializer initializer,
            Penalty penalty) {
        this(layer, kind, offset, length, fanIn, fanOut, initializer, penalty, false);
    }

    /** The parts that a layer may have. Running statistics are set by the step, not by the optimiser. */
    public enum Kind {
        KERNEL,
        BIAS,
        GAMMA,
        BETA,
        /** Of a parametric ReLU. */
        SLOPE,
        RUNNING_MEAN,
        RUNNING_VARIANCE;

        public boolean trainable() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }

    /** Whether the optimiser changes it. */
    public boolean trainable() {
        return kind.trainable() && !frozen;
    }
}
