package dev.starling.tests.benchmark;

import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Counts what the parameter averaging master really trains, since it drops examples; for workers in this JVM. */
final class TrainedExamples implements TrainingHook {
    private static final long serialVersionUID = 1;
    private static final AtomicLong COUNT = new AtomicLong();

    static long reset() {
        return COUNT.getAndSet(0);
    }

    @Override
    public void preUpdate(DataSet batch, Model model) {}

    @Override
    public void postUpdate(DataSet batch, Model model) {
        COUNT.addAndGet(batch.numExamples());
    }

    @Override
    public void preUpdate(MultiDataSet batch, Model model) {}

    @Override
    public void postUpdate(MultiDataSet batch, Model model) {
        throw new IllegalStateException("Cannot count a batch of several inputs (expected one)");
    }
}
