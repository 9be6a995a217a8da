package dev.starling.tests.dropin;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Notes the number of each example of {@link Waves} that a worker in this JVM trains, and the sizes of batches. */
final class ExamplesSeen implements TrainingHook {
    private static final long serialVersionUID = 1;

    static final Queue<Integer> NUMBERS = new ConcurrentLinkedQueue<>();
    static final Queue<Integer> BATCHES = new ConcurrentLinkedQueue<>();

    static void reset() {
        NUMBERS.clear();
        BATCHES.clear();
    }

    @Override
    public void preUpdate(DataSet batch, Model model) {}

    @Override
    public void postUpdate(DataSet batch, Model model) {
        note(batch.getFeatures());
    }

    @Override
    public void preUpdate(MultiDataSet batch, Model model) {}

    @Override
    public void postUpdate(MultiDataSet batch, Model model) {
        note(batch.getFeatures(0));
    }

    private static void note(INDArray features) {
        int rows = (int) features.size(0);
        BATCHES.add(rows);
        for (int row = 0; row < rows; row++) {
            NUMBERS.add(Waves.number(features, row));
        }
    }
}
