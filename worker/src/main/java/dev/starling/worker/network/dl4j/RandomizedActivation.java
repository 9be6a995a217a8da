package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Activation;
import dev.starling.worker.random.Noise;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Randomised leaky ReLU, whose derivative DL4J has wrong. Lives in the network of a step, never in a stored one. */
final class RandomizedActivation extends BaseActivationFunction implements Seeded {
    private static final long serialVersionUID = 1;

    private final Activation.RandomizedRelu function;
    private final int layer;
    private long seed;

    /** @param layer its place in the network, from which its random numbers come */
    RandomizedActivation(Activation.RandomizedRelu function, int layer) {
        this.function = function;
        this.layer = layer;
    }

    @Override
    public void seed(long batch) {
        seed = Noise.ofLayer(batch, layer);
    }

    private double[] slopes(int length, boolean training) {
        double[] slopes = new double[length];
        java.util.Arrays.fill(slopes, function.mean().alpha());
        if (training) {
            float[] drawn = new float[length];
            Noise.uniform(seed, 0, drawn, length);
            for (int i = 0; i < length; i++) {
                slopes[i] = function.lower() + (function.upper() - function.lower()) * drawn[i];
            }
        }
        return slopes;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        double[] x = Dl4jValues.of(in);
        double[] slopes = slopes(x.length, training);
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] > 0 ? x[i] : slopes[i] * x[i];
        }
        Dl4jValues.put(x, in);
        return in;
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        double[] x = Dl4jValues.of(in);
        double[] slopes = slopes(x.length, true);
        double[] gradient = Dl4jValues.of(epsilon);
        for (int i = 0; i < x.length; i++) {
            gradient[i] *= x[i] > 0 ? 1 : slopes[i];
        }
        Dl4jValues.put(gradient, in);
        return new Pair<>(in, null);
    }
}
