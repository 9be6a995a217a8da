package dev.starling.worker.dl4j;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A ComputationGraph. Its configuration keeps the counts of iterations and epochs, which DL4J's own clone of it forgets. */
record GraphReplica(ComputationGraph network, Memory memory) implements ReplicaNetwork {
    static GraphReplica of(NetworkCopy.Graph copy) {
        Memory memory = Memory.of(copy);
        ComputationGraph network = new ComputationGraph(copy.configuration());
        network.init(memory.parameterArray(), false);
        memory.state().ifPresent(state -> network.setUpdater(new ComputationGraphUpdater(network, state)));
        return new GraphReplica(network, memory);
    }

    @Override
    public void listen(Collection<TrainingListener> listeners) {
        network.setListeners(listeners);
    }

    @Override
    public void fit(MultiDataSet batch, long seed, StepWatcher watcher) {
        watcher.before(batch, network);
        // ND4J's generator is per thread, and nobody else draws from this thread's between here and the last layer.
        Nd4j.getRandom().setSeed(seed);
        network.fit(batch);
        watcher.after(batch, network);
    }

    @Override
    public double score() {
        return network.score();
    }

    @Override
    public int iterations() {
        return network.getIterationCount();
    }

    @Override
    public int epochs() {
        return network.getEpochCount();
    }

    @Override
    public float[] freshUpdaterState() {
        return Memory.floats(new ComputationGraphUpdater(network).getStateViewArray());
    }

    @Override
    public RunningStatistics statistics() {
        GraphVertex[] vertices = network.getVertices();
        List<Trainable> ordered = Arrays.stream(network.topologicalSortOrder())
                .mapToObj(index -> vertices[index])
                .filter(vertex -> vertex.numParams() > 0)
                .<Trainable>map(vertex -> vertex.hasLayer() ? vertex.getLayer() : vertex)
                .toList();
        return new RunningStatistics(ordered, memory.parameters());
    }

    @Override
    public void close() {
        memory.close(network.getFlattenedGradients());
    }
}
