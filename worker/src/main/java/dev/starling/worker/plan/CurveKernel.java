package dev.starling.worker.plan;

import dev.starling.worker.network.Curve;

/** An activation function by its formula. */
final class CurveKernel extends PointwiseKernel {
    private final Curve curve;

    CurveKernel(Planning plan, Curve curve, Tensor input) throws Unplannable {
        super(plan, input);
        this.curve = curve;
    }

    @Override
    void apply(float[] values, int from, int count, boolean training) {
        for (int i = 0; i < count; i++) {
            values[i] = (float) curve.value(values[i]);
        }
    }

    @Override
    void differentiate(float[] gradient, float[] inputs, int from, int count) {
        for (int i = 0; i < count; i++) {
            gradient[i] = (float) (gradient[i] * curve.slope(inputs[i]));
        }
    }
}
