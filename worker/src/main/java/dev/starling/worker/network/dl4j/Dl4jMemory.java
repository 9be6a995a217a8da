package dev.starling.worker.network.dl4j;

import dev.starling.worker.memory.FlatVector;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's arrays as flat vectors over the same memory. */
public final class Dl4jMemory {
    private Dl4jMemory() {}

    /** @param array of floats that lie together (no view with gaps), outside any workspace; kept reachable by the result */
    public static FlatVector of(INDArray array) {
        boolean together =
                array.isVectorOrScalar() ? array.elementWiseStride() == 1 : array.ordering() == 'c' && !array.isView();
        if (array.dataType() != DataType.FLOAT || array.isAttached() || !together) {
            throw new IllegalArgumentException("Cannot share memory of an array of " + array.dataType() + " in order "
                    + array.ordering() + (array.isAttached() ? " in a workspace" : "")
                    + " (expected floats in row order of its own)");
        }
        // On a GPU this is the host's copy of it; the caller says when which of the two is the newer one.
        Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
        // The buffer's pointer already stands where the array's data begins.
        FloatPointer pointer = new FloatPointer(array.data().addressPointer());
        return FlatVector.borrow(pointer, array.length(), array);
    }
}
