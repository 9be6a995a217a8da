package dev.starling.tests.benchmark;

import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Counts what the parameter averaging master really trains, since it drops examples; in executors too. */
final class TrainedExamples implements TrainingHook {
    private static final long serialVersionUID = 1;

    private final LongAccumulator count;

    TrainedExamples(LongAccumulator count) {
        this.count = count;
    }

    @Override
    public void preUpdate(DataSet batch, Model model) {}

    @Override
    public void postUpdate(DataSet batch, Model model) {
        count.add(batch.numExamples());
    }

    @Override
    public void preUpdate(MultiDataSet batch, Model model) {}

    @Override
    public void postUpdate(MultiDataSet batch, Model model) {
        throw new IllegalStateException("Cannot count a batch of several inputs (expected one)");
    }
}
