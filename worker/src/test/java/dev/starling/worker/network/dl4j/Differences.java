package dev.starling.worker.network.dl4j;

import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Difference quotients. */
final class Differences {
    private Differences() {}

    /**
     * Of a loss with respect to one parameter, symmetric; the parameter is put back.
     *
     * @param parameters of the network whose loss it is
     * @param loss computed anew when it is asked
     */
    static double of(DoubleSupplier loss, INDArray parameters, int i, double step) {
        double value = parameters.getDouble(i);
        parameters.putScalar(i, value + step);
        double above = loss.getAsDouble();
        parameters.putScalar(i, value - step);
        double below = loss.getAsDouble();
        parameters.putScalar(i, value);
        return (above - below) / (2 * step);
    }
}
