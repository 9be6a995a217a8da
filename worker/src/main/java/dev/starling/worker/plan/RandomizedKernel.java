package dev.starling.worker.plan;

import dev.starling.worker.network.Activation;
import dev.starling.worker.random.Noise;

/** Randomised leaky ReLU: in training a slope drawn for each value, in inference their mean. */
final class RandomizedKernel extends PointwiseKernel {
    private final float lower;
    private final float range;
    private final float mean;
    private final float[] drawn = new float[CHUNK];
    private long seed;

    RandomizedKernel(Planning plan, Activation.RandomizedRelu function, Tensor input) throws Unplannable {
        super(plan, input);
        this.lower = (float) function.lower();
        this.range = (float) (function.upper() - function.lower());
        this.mean = (float) function.mean().alpha();
    }

    @Override
    public void seed(long batch) {
        seed = batch;
    }

    @Override
    void apply(float[] values, int from, int count, boolean training) {
        if (training) {
            Noise.uniform(seed, from, drawn, count);
        }
        for (int i = 0; i < count; i++) {
            float slope = training ? lower + range * drawn[i] : mean;
            values[i] = values[i] > 0 ? values[i] : slope * values[i];
        }
    }

    @Override
    void differentiate(float[] gradient, float[] inputs, int from, int count) {
        Noise.uniform(seed, from, drawn, count);
        for (int i = 0; i < count; i++) {
            gradient[i] = inputs[i] > 0 ? gradient[i] : (lower + range * drawn[i]) * gradient[i];
        }
    }
}
