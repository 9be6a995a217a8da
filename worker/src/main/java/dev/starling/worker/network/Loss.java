package dev.starling.worker.network;

/** A loss, by its Keras name: the mean over examples and, but for those that {@link #sumsOutputs}, over outputs. */
public enum Loss {
    CATEGORICAL_CROSSENTROPY("categoricalCrossentropy"),
    BINARY_CROSSENTROPY("binaryCrossentropy"),
    MEAN_SQUARED_ERROR("meanSquaredError"),
    MEAN_ABSOLUTE_ERROR("meanAbsoluteError"),
    MEAN_SQUARED_LOGARITHMIC_ERROR("meanSquaredLogarithmicError"),
    MEAN_ABSOLUTE_PERCENTAGE_ERROR("meanAbsolutePercentageError"),
    HUBER("huber"),
    LOG_COSH("logCosh"),
    /** Targets are −1 and 1; 0 counts as −1. */
    HINGE("hinge"),
    SQUARED_HINGE("squaredHinge"),
    POISSON("poisson"),
    KL_DIVERGENCE("klDivergence"),
    /**
     * Rosenblatt's rule for threshold units: w ← w + η·(t − o)·x, the mean over the batch. Its value is the number of wrong outputs of an example. The rule follows no derivative of that, which is 0 nearly everywhere, but is gradient
     * descent on the perceptron criterion (o − t)·z over the weighted sums z.
     */
    PERCEPTRON("perceptron");

    private final String label;

    Loss(String label) {
        this.label = label;
    }

    /** As the experiment file writes it. */
    public String label() {
        return label;
    }

    /** What one output adds. */
    public PointLoss ofOutput() {
        return PointLosses.of(this);
    }

    /** Whether an example's loss is the sum over its outputs, and not their mean. */
    public boolean sumsOutputs() {
        return this == CATEGORICAL_CROSSENTROPY || this == KL_DIVERGENCE || this == PERCEPTRON;
    }

    /** Whether it makes the target classes, unless the target is the input: the cross-entropies, and the perceptron's. */
    public boolean isCrossEntropy() {
        return this == CATEGORICAL_CROSSENTROPY || this == BINARY_CROSSENTROPY || this == PERCEPTRON;
    }

    /** Whether two classes may be told by one output alone. */
    public boolean isBinary() {
        return this == BINARY_CROSSENTROPY || this == PERCEPTRON;
    }
}
