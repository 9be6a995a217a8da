package dev.starling.worker.gang;

/** What a training can write down of each layer beside the metrics. */
public enum Recorded {
    /** The Euclidean norm of the gradient of a layer's weights, before clipping and penalties: the mean over the steps of an epoch. */
    GRADIENT_NORMS("gradientNorms", "gradientNorm."),
    /** The share of a layer's units whose weights had a gradient of exactly 0 in every step of an epoch: those that nothing trains, with relu the units that no example makes fire. */
    DEAD_UNITS("deadUnits", "deadUnits.");

    private final String label;
    private final String prefix;

    Recorded(String label, String prefix) {
        this.label = label;
        this.prefix = prefix;
    }

    /** As the experiment file writes it. */
    public String label() {
        return label;
    }

    /** The name of its value for one layer, among the metrics of {@code train}. */
    public String of(String layer) {
        return prefix + layer;
    }

    /** Whether a metric is something recorded. */
    public static boolean names(String metric) {
        for (Recorded recorded : values()) {
            if (metric.startsWith(recorded.prefix)) {
                return true;
            }
        }
        return false;
    }
}
