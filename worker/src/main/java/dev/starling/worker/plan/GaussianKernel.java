package dev.starling.worker.plan;

import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.random.Noise;
import java.util.List;

/** Normally distributed noise, added to each value or multiplied with it, in training alone. */
final class GaussianKernel extends PointwiseKernel {
    private final boolean multiplies;
    private final float stddev;
    private final float[] drawn = new float[CHUNK];
    private long seed;

    private GaussianKernel(Planning plan, boolean multiplies, double stddev, Tensor input) throws Unplannable {
        super(plan, input);
        this.multiplies = multiplies;
        this.stddev = (float) stddev;
    }

    static Kernel of(Planning plan, GaussianNoise layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        return new GaussianKernel(plan, false, layer.stddev(), input);
    }

    static Kernel of(Planning plan, GaussianDropout layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        return new GaussianKernel(plan, true, layer.stddev(), input);
    }

    @Override
    public void seed(long batch) {
        seed = batch;
    }

    @Override
    void apply(float[] values, int from, int count, boolean training) {
        if (!training) {
            return;
        }
        Noise.gaussian(seed, from, drawn, count);
        for (int i = 0; i < count; i++) {
            values[i] = multiplies ? values[i] * (1 + stddev * drawn[i]) : values[i] + stddev * drawn[i];
        }
    }

    @Override
    void differentiate(float[] gradient, float[] inputs, int from, int count) {
        if (!multiplies) {
            return;
        }
        Noise.gaussian(seed, from, drawn, count);
        for (int i = 0; i < count; i++) {
            gradient[i] *= 1 + stddev * drawn[i];
        }
    }
}
