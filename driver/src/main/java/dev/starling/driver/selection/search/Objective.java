package dev.starling.driver.selection.search;

/**
 * What a sweep makes as large or as small as it can.
 *
 * @param measured on what: the validation rows, or the mean over folds
 * @param metric as in metrics.json, {@code loss} included
 */
public record Objective(boolean maximize, Measured measured, String metric) {
    public enum Measured {
        VALIDATION("validation"),
        MEAN("mean");

        private final String label;

        Measured(String label) {
            this.label = label;
        }

        /** As an experiment writes it before the metric. */
        public String label() {
            return label;
        }
    }

    /** The value so turned that smaller is better. */
    public double loss(double value) {
        return maximize ? -value : value;
    }

    public String label() {
        return measured.label() + "." + metric;
    }
}
