package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Loss;

/**
 * The end of a plan: from the last kernel's values to what the network gives, and from that and the targets to the gradient with respect to the last kernel's
 * values. Works on heap copies, which are small. Gradients below 1e-20 become 0: with them every product behind would run on denormals, many times slower.
 */
abstract sealed class Head {
    private static final float TINY = 1e-20f;

    private final Tensor last;
    private final int from;
    private final int width;
    final int rows;
    final int outputs;
    final float[] values;
    final float[] targets;

    private Head(Tensor last, Columns columns) {
        this.last = last;
        this.from = columns.from;
        this.width = columns.width;
        this.rows = last.rows();
        this.outputs = last.exampleSize();
        this.values = new float[rows * outputs];
        this.targets = new float[rows * outputs];
    }

    /**
     * Where an output lies in what the network gives.
     *
     * @param from its first column
     * @param width columns of all outputs
     */
    record Columns(int from, int width) {}

    /** Fills its columns of the first rows of {@code outputs}. */
    final void forward(FlatVector into) {
        last.values().get(0, values, 0, values.length);
        activate();
        if (width == outputs) {
            into.set(0, values, 0, values.length);
            return;
        }
        for (int row = 0; row < rows; row++) {
            into.set(row * width + from, values, row * outputs, outputs);
        }
    }

    /** After {@link #forward}. */
    final void backward(FlatVector wanted) {
        if (width == outputs) {
            wanted.get(0, targets, 0, targets.length);
        } else {
            for (int row = 0; row < rows; row++) {
                wanted.get(row * width + from, targets, row * outputs, outputs);
            }
        }
        differentiate();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]) < TINY ? 0f : values[i];
        }
        last.gradient().set(0, values, 0, values.length);
    }

    /** values ← what the network gives. */
    abstract void activate();

    /** values ← gradient of the mean loss, from outputs (in values) and targets. */
    abstract void differentiate();

    /** Of one example's values, in place. */
    static void softmax(float[] values, int at, int count) {
        float most = Float.NEGATIVE_INFINITY;
        for (int j = at; j < at + count; j++) {
            most = Math.max(most, values[j]);
        }
        double sum = 0;
        for (int j = at; j < at + count; j++) {
            double e = Math.exp(values[j] - most);
            sum += e;
            values[j] = (float) e;
        }
        float scale = (float) (1 / sum);
        for (int j = at; j < at + count; j++) {
            values[j] *= scale;
        }
    }

    /** Softmax and categorical cross-entropy: the gradient is (p − t) ÷ rows for targets that sum to 1. */
    static final class SoftmaxCrossEntropy extends Head {
        SoftmaxCrossEntropy(Tensor logits, Columns columns) {
            super(logits, columns);
        }

        @Override
        void activate() {
            for (int at = 0; at < values.length; at += outputs) {
                softmax(values, at, outputs);
            }
        }

        @Override
        void differentiate() {
            float scale = 1f / rows;
            for (int i = 0; i < values.length; i++) {
                values[i] = (values[i] - targets[i]) * scale;
            }
        }
    }

    /** Logistic sigmoid and binary cross-entropy: the gradient is (p − t) ÷ (rows · outputs). */
    static final class SigmoidCrossEntropy extends Head {
        SigmoidCrossEntropy(Tensor logits, Columns columns) {
            super(logits, columns);
        }

        @Override
        void activate() {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (1 / (1 + Math.exp(-(double) values[i])));
            }
        }

        @Override
        void differentiate() {
            float scale = 1f / values.length;
            for (int i = 0; i < values.length; i++) {
                values[i] = (values[i] - targets[i]) * scale;
            }
        }
    }

    /** Mean of squared differences: the gradient is 2·(a − t) ÷ (rows · outputs). */
    static final class SquaredError extends Head {
        SquaredError(Tensor outputs, Columns columns) {
            super(outputs, columns);
        }

        @Override
        void activate() {}

        @Override
        void differentiate() {
            float scale = 2f / values.length;
            for (int i = 0; i < values.length; i++) {
                values[i] = (values[i] - targets[i]) * scale;
            }
        }
    }

    /** Mean of absolute differences: the gradient is sign(a − t) ÷ (rows · outputs). */
    static final class AbsoluteError extends Head {
        AbsoluteError(Tensor outputs, Columns columns) {
            super(outputs, columns);
        }

        @Override
        void activate() {}

        @Override
        void differentiate() {
            float scale = 1f / values.length;
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.signum(values[i] - targets[i]) * scale;
            }
        }
    }

    /** Any loss of each output alone: its derivative ÷ rows, and ÷ outputs where the loss is their mean. */
    static final class EachOutput extends Head {
        private final Loss loss;

        EachOutput(Tensor outputs, Loss loss, Columns columns) {
            super(outputs, columns);
            this.loss = loss;
        }

        @Override
        void activate() {}

        @Override
        void differentiate() {
            double scale = 1.0 / (loss.sumsOutputs() ? rows : values.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * loss.ofOutput().slope(values[i], targets[i]));
            }
        }
    }

    /** Threshold units and Rosenblatt's rule: w changes by η·(t − o)·x, so what stands for the gradient is (o − t) ÷ rows. */
    static final class Perceptron extends Head {
        Perceptron(Tensor sums, Columns columns) {
            super(sums, columns);
        }

        @Override
        void activate() {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] > 0 ? 1f : 0f;
            }
        }

        @Override
        void differentiate() {
            float scale = 1f / rows;
            for (int i = 0; i < values.length; i++) {
                values[i] = (values[i] - targets[i]) * scale;
            }
        }
    }
}
