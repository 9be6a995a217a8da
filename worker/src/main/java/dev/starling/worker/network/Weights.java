package dev.starling.worker.network;

/** Weights and their start: shared by the layers that have them. */
public record Weights(Initializer kernel, Initializer bias, Penalty penalty, boolean useBias)
        implements java.io.Serializable {
    public static final Weights DEFAULT =
            new Weights(Initializer.GLOROT_UNIFORM, Initializer.ZEROS, Penalty.NONE, true);
}
