package dev.starling.worker.network;

/** A loss, by its Keras name: the mean over examples and, but for categorical cross-entropy, over outputs. */
public enum Loss {
    CATEGORICAL_CROSSENTROPY("categoricalCrossentropy", true),
    BINARY_CROSSENTROPY("binaryCrossentropy", true),
    MEAN_SQUARED_ERROR("meanSquaredError", false),
    MEAN_ABSOLUTE_ERROR("meanAbsoluteError", false);

    private final String label;
    private final boolean crossEntropy;

    Loss(String label, boolean crossEntropy) {
        this.label = label;
        this.crossEntropy = crossEntropy;
    }

    /** As the experiment file writes it. */
    public String label() {
        return label;
    }

    /** Whether it makes the target classes, unless the target is the input. */
    public boolean isCrossEntropy() {
        return crossEntropy;
    }
}
