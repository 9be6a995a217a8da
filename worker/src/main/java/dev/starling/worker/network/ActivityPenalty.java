package dev.starling.worker.network;

/**
 * What the activations a of a layer add to the loss of a batch of m examples, as Keras's activity regularizers in the mean over examples:
 *
 * <ul>
 *   <li>l1·Σ|a| + l2·Σa², summed over units;
 *   <li>klWeight·Σᵢ (p·log(p ÷ p̂ᵢ) + (1 − p)·log((1 − p) ÷ (1 − p̂ᵢ))) with p̂ᵢ the mean of unit i over the batch: sparse autoencoders;
 *   <li>contractive·Σᵢ ‖∂aᵢ/∂x‖² with x the layer's own input: contractive autoencoders (Rifai et al. 2011).
 * </ul>
 *
 * @param l1 ≥ 0
 * @param l2 ≥ 0
 * @param klWeight ≥ 0
 * @param klTarget p, in (0, 1)
 * @param contractive ≥ 0
 */
public record ActivityPenalty(double l1, double l2, double klWeight, double klTarget, double contractive)
        implements java.io.Serializable {
    public static final ActivityPenalty NONE = new ActivityPenalty(0, 0, 0, 0.05, 0);

    /** Keeps the divergence finite where a unit is never, or always, on. */
    private static final double SMALLEST_SHARE = 1e-7;

    public boolean isNone() {
        return l1 == 0 && l2 == 0 && klWeight == 0 && contractive == 0;
    }

    /** Whether it weighs activations one by one. */
    public boolean isElementwise() {
        return l1 != 0 || l2 != 0;
    }

    /** The cost of one activation. */
    public double cost(double a) {
        return l1 * Math.abs(a) + l2 * a * a;
    }

    /** Derivative of {@link #cost}. */
    public double slope(double a) {
        return l1 * Math.signum(a) + 2 * l2 * a;
    }

    /** What a unit's mean activation costs: {@code klWeight} times the divergence. */
    public double divergence(double mean) {
        double q = share(mean);
        return klWeight * (klTarget * Math.log(klTarget / q) + (1 - klTarget) * Math.log((1 - klTarget) / (1 - q)));
    }

    /** Derivative of {@link #divergence}. */
    public double divergenceSlope(double mean) {
        double q = share(mean);
        return klWeight * ((1 - klTarget) / (1 - q) - klTarget / q);
    }

    private static double share(double mean) {
        return Math.min(1 - SMALLEST_SHARE, Math.max(SMALLEST_SHARE, mean));
    }
}
