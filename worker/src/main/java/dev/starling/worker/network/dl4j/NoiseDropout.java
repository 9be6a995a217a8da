package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.GaussianDropout;
import dev.starling.worker.network.GaussianNoise;
import dev.starling.worker.random.Noise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gaussian noise drawn from the batch's seed, added or multiplied. Lives in the network of a step, never in a stored one. */
final class NoiseDropout implements IDropout, Seeded {
    private static final long serialVersionUID = 1;

    private final boolean multiplies;
    private final double stddev;
    private final int layer;
    private long seed;

    private NoiseDropout(boolean multiplies, double stddev, int layer) {
        this.multiplies = multiplies;
        this.stddev = stddev;
        this.layer = layer;
    }

    /** @param layer its place in the network, from which its random numbers come */
    static NoiseDropout of(GaussianNoise noise, int layer) {
        return new NoiseDropout(false, noise.stddev(), layer);
    }

    static NoiseDropout of(GaussianDropout noise, int layer) {
        return new NoiseDropout(true, noise.stddev(), layer);
    }

    @Override
    public void seed(long batch) {
        seed = Noise.ofLayer(batch, layer);
    }

    private float[] drawn(int length) {
        float[] drawn = new float[length];
        Noise.gaussian(seed, 0, drawn, length);
        return drawn;
    }

    @Override
    public INDArray applyDropout(INDArray in, INDArray result, int iteration, int epoch, LayerWorkspaceMgr manager) {
        double[] values = Dl4jValues.of(in);
        float[] drawn = drawn(values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = multiplies ? values[i] * (1 + stddev * drawn[i]) : values[i] + stddev * drawn[i];
        }
        Dl4jValues.put(values, result);
        return result;
    }

    @Override
    public INDArray backprop(INDArray gradAtOutput, INDArray gradAtInput, int iteration, int epoch) {
        double[] values = Dl4jValues.of(gradAtOutput);
        float[] drawn = drawn(values.length);
        for (int i = 0; multiplies && i < values.length; i++) {
            values[i] *= 1 + stddev * drawn[i];
        }
        Dl4jValues.put(values, gradAtInput);
        return gradAtInput;
    }

    @Override
    public void clear() {}

    @Override
    public IDropout clone() {
        return this;
    }
}
