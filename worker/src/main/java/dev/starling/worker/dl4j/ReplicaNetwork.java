package dev.starling.worker.dl4j;

import dev.starling.worker.memory.FlatVector;
import java.util.Collection;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A network that a replica trains by DL4J's own fit. One thread uses it. */
sealed interface ReplicaNetwork extends AutoCloseable permits LayersReplica, GraphReplica, PlannedReplica {
    /**
     * A network of its own for the calling thread; the copy must be nobody else's.
     *
     * @param batchSize most examples in a batch
     * @param fast whether the planned step may train it: nobody watches its steps
     */
    static ReplicaNetwork open(NetworkCopy copy, int batchSize, boolean fast) {
        if (copy instanceof NetworkCopy.Graph graph) {
            return GraphReplica.of(graph);
        }
        LayersReplica plain = LayersReplica.of((NetworkCopy.Layers) copy);
        return fast ? new PlannedReplica(plain, batchSize) : plain;
    }

    /** Set before the first step. */
    void listen(Collection<TrainingListener> listeners);

    /**
     * One local step, the watcher told before and after.
     *
     * @param seed of what is random in it
     */
    void fit(MultiDataSet batch, long seed, StepWatcher watcher);

    /** Of the last batch, penalties included. */
    double score();

    /** How it is trained: {@code planned} or {@code Deeplearning4j}, and why. */
    default String step() {
        return "Deeplearning4j";
    }

    /** Updates so far, those before this replica began included; truncated back-propagation makes several of a batch. */
    int iterations();

    int epochs();

    /** DL4J's own. */
    Memory memory();

    default FlatVector parameters() {
        return memory().parameters();
    }

    /** Of length 0 for an updater without state. */
    default FlatVector updaterState() {
        return memory().updaterState();
    }

    /** What the updater's state begins with. */
    float[] freshUpdaterState();

    RunningStatistics statistics();

    /** Frees its memory; not while a peer may still read it. */
    @Override
    void close();
}
