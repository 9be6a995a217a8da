package dev.starling.worker.network;

/**
 * What a block of weights adds to the loss: l1·Σ|w| + l2·Σw², as Keras (DL4J's l2 adds half of it). Its gradient is
 * l1·sign(w) + 2·l2·w. Biases have none.
 *
 * @param l1 ≥ 0
 * @param l2 ≥ 0
 */
public record Penalty(double l1, double l2) implements java.io.Serializable {
    public static final Penalty NONE = new Penalty(0, 0);

    public boolean isNone() {
        return l1 == 0 && l2 == 0;
    }
}
