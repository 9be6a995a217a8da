package dev.starling.worker.dl4j;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.dl4j.Dl4jMemory;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's flat vectors, as DL4J's arrays and as ours over the same memory.
 *
 * @param state empty for an updater without state
 */
record Memory(INDArray parameterArray, Optional<INDArray> state, FlatVector parameters, FlatVector updaterState) {
    static Memory of(NetworkCopy copy) {
        INDArray parameters = array(copy.parameters());
        Optional<INDArray> state =
                copy.updaterState().length == 0 ? Optional.empty() : Optional.of(array(copy.updaterState()));
        return new Memory(
                parameters,
                state,
                Dl4jMemory.of(parameters),
                state.map(Dl4jMemory::of).orElseGet(() -> FlatVector.allocate(0)));
    }

    private static INDArray array(float[] values) {
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, values.length);
        Dl4jMemory.of(array).set(values);
        return array;
    }

    static float[] floats(INDArray state) {
        return state == null ? new float[0] : state.toFloatVector();
    }

    /** Frees all, and the thread's work spaces. */
    void close(INDArray gradient) {
        parameterArray.close();
        state.ifPresent(INDArray::close);
        if (gradient != null && gradient.closeable()) {
            gradient.close();
        }
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
}
