package dev.starling.worker.network.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values of a DL4J array on the heap, in the order of its axes, whatever their order in memory. */
final class Dl4jValues {
    private Dl4jValues() {}

    static double[] of(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    /** @param values as many as the array has */
    static void put(double[] values, INDArray array) {
        array.assign(Nd4j.createFromArray(values).reshape('c', array.shape()).castTo(array.dataType()));
    }
}
