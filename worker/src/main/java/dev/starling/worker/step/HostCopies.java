package dev.starling.worker.step;

import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** On a GPU every array is there twice, and ND4J has to be told when the host's memory is written or read past it. On the processor there is one memory and both do nothing. */
final class HostCopies {
    private HostCopies() {}

    /** The host's memory was written: the next operation takes it from there. */
    static void written(INDArray... arrays) {
        AffinityManager affinity = Nd4j.getAffinityManager();
        for (INDArray array : arrays) {
            affinity.tagLocation(array, Location.HOST);
        }
    }

    /** The host's memory is about to be read: results are brought there. */
    static void fetch(INDArray... arrays) {
        AffinityManager affinity = Nd4j.getAffinityManager();
        for (INDArray array : arrays) {
            affinity.ensureLocation(array, Location.HOST);
        }
    }
}
