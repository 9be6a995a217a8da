package dev.starling.worker.dl4j;

import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A MultiLayerNetwork. */
record LayersReplica(MultiLayerNetwork network, Memory memory) implements ReplicaNetwork {
    static LayersReplica of(NetworkCopy.Layers copy) {
        Memory memory = Memory.of(copy);
        MultiLayerNetwork network = new MultiLayerNetwork(copy.configuration());
        network.init(memory.parameterArray(), false);
        memory.state().ifPresent(state -> network.setUpdater(new MultiLayerUpdater(network, state)));
        return new LayersReplica(network, memory);
    }

    @Override
    public void listen(Collection<TrainingListener> listeners) {
        network.setListeners(listeners);
    }

    @Override
    public void fit(MultiDataSet batch, long seed, StepWatcher watcher) {
        DataSet single = new DataSet(
                batch.getFeatures(0),
                first(batch),
                mask(batch.getFeaturesMaskArrays()),
                mask(batch.getLabelsMaskArrays()));
        watcher.before(single, network);
        // ND4J's generator is per thread, and nobody else draws from this thread's between here and the last layer.
        Nd4j.getRandom().setSeed(seed);
        network.fit(single);
        watcher.after(single, network);
    }

    private static INDArray first(MultiDataSet batch) {
        return batch.getLabels().length == 0 ? null : batch.getLabels(0);
    }

    private static INDArray mask(INDArray[] masks) {
        return masks == null ? null : masks[0];
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
        return Memory.floats(new MultiLayerUpdater(network).getStateViewArray());
    }

    @Override
    public RunningStatistics statistics() {
        return new RunningStatistics(List.of(network.getLayers()), memory.parameters());
    }

    @Override
    public void close() {
        memory.close(network.getFlattenedGradients());
    }
}
