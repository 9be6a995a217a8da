package dev.starling.worker.network;

/** Weights, their start, and what they and the activations that they make cost: shared by the layers that have them. */
public record Weights(Initializer kernel, Initializer bias, Penalty penalty, boolean useBias, ActivityPenalty activity)
        implements java.io.Serializable {
    public static final Weights DEFAULT =
            new Weights(Initializer.GLOROT_UNIFORM, Initializer.ZEROS, Penalty.NONE, true);

    /** Activations cost nothing. */
    public Weights(Initializer kernel, Initializer bias, Penalty penalty, boolean useBias) {
        this(kernel, bias, penalty, useBias, ActivityPenalty.NONE);
    }

    /** The same with another cost of activations. */
    public Weights with(ActivityPenalty other) {
        return new Weights(kernel, bias, penalty, useBias, other);
    }
}
