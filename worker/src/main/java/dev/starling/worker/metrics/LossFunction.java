package dev.starling.worker.metrics;

import dev.starling.worker.network.Loss;
import dev.starling.worker.network.PointLoss;

/**
 * Losses of examples from what the network gave and what was asked, in double: Keras's formulas, the mean over outputs but for losses that sum them.
 * Probabilities are clipped to [1e-7, 1 − 1e-7] as Keras does; NaN stays NaN.
 */
final class LossFunction {
    private static final double CLIP = 1e-7;

    private LossFunction() {}

    /** The sum over {@code rows} examples of {@code width} outputs each. */
    static double sum(Loss loss, float[] outputs, float[] targets, int rows, int width) {
        int length = rows * width;
        return switch (loss) {
            case CATEGORICAL_CROSSENTROPY -> categoricalCrossentropy(outputs, targets, length);
            case BINARY_CROSSENTROPY -> binaryCrossentropy(outputs, targets, length) / width;
            case MEAN_SQUARED_ERROR -> squaredError(outputs, targets, length) / width;
            case MEAN_ABSOLUTE_ERROR -> absoluteError(outputs, targets, length) / width;
            default -> each(loss.ofOutput(), outputs, targets, length) / (loss.sumsOutputs() ? 1 : width);
        };
    }

    /** −Σ t·ln p. */
    private static double categoricalCrossentropy(float[] outputs, float[] targets, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            if (targets[i] != 0) {
                sum -= targets[i] * Math.log(clip(outputs[i]));
            } else if (!Float.isFinite(outputs[i])) {
                return Double.NaN;
            }
        }
        return sum;
    }

    /** −Σ (t·ln p + (1 − t)·ln(1 − p)). */
    private static double binaryCrossentropy(float[] outputs, float[] targets, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double p = clip(outputs[i]);
            double t = targets[i];
            if (t == 1) {
                sum -= Math.log(p);
            } else if (t == 0) {
                sum -= Math.log(1 - p);
            } else {
                sum -= t * Math.log(p) + (1 - t) * Math.log(1 - p);
            }
        }
        return sum;
    }

    /** Σ (y − t)². */
    private static double squaredError(float[] outputs, float[] targets, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            double error = (double) outputs[i] - targets[i];
            sum += error * error;
        }
        return sum;
    }

    /** Σ |y − t|. */
    private static double absoluteError(float[] outputs, float[] targets, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += Math.abs((double) outputs[i] - targets[i]);
        }
        return sum;
    }

    private static double each(PointLoss loss, float[] outputs, float[] targets, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += loss.value(outputs[i], targets[i]);
        }
        return sum;
    }

    private static double clip(double probability) {
        return Math.min(Math.max(probability, CLIP), 1 - CLIP);
    }
}
