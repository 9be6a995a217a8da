package dev.starling.worker.dl4j;

import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Told of each local step, on the replica's thread. A MultiLayerNetwork's batch is a DataSet, a ComputationGraph's a MultiDataSet; their memory is freed after the step unless {@link #keepsBatches}. */
public interface StepWatcher {
    void before(DataSet batch, Model model);

    void after(DataSet batch, Model model);

    void before(MultiDataSet batch, Model model);

    void after(MultiDataSet batch, Model model);

    /** Whether someone may hold on to a batch after its step. */
    boolean keepsBatches();

    StepWatcher NONE = new StepWatcher() {
        @Override
        public void before(DataSet batch, Model model) {}

        @Override
        public void after(DataSet batch, Model model) {}

        @Override
        public void before(MultiDataSet batch, Model model) {}

        @Override
        public void after(MultiDataSet batch, Model model) {}

        @Override
        public boolean keepsBatches() {
            return false;
        }
    };
}
