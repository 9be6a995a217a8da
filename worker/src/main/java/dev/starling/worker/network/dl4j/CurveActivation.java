package dev.starling.worker.network.dl4j;

import dev.starling.worker.network.Curve;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An activation function that DL4J has not, or has wrong, by its formula. Lives in the network of a step, never in a stored one. */
final class CurveActivation extends BaseActivationFunction {
    private static final long serialVersionUID = 1;

    private final transient Curve curve;

    CurveActivation(Curve curve) {
        this.curve = curve;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        double[] x = Dl4jValues.of(in);
        for (int i = 0; i < x.length; i++) {
            x[i] = curve.value(x[i]);
        }
        Dl4jValues.put(x, in);
        return in;
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        double[] x = Dl4jValues.of(in);
        double[] gradient = Dl4jValues.of(epsilon);
        for (int i = 0; i < x.length; i++) {
            gradient[i] *= curve.slope(x[i]);
        }
        Dl4jValues.put(gradient, in);
        return new Pair<>(in, null);
    }
}
