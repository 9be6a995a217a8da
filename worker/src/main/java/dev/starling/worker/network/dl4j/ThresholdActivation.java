package dev.starling.worker.network.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** 1 for x > 0, else 0. Rosenblatt's rule passes what comes back unchanged. Lives in the network of a step, never in a stored one. */
final class ThresholdActivation extends BaseActivationFunction {
    private static final long serialVersionUID = 1;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        double[] x = Dl4jValues.of(in);
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] > 0 ? 1 : 0;
        }
        Dl4jValues.put(x, in);
        return in;
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        return new Pair<>(epsilon, null);
    }
}
