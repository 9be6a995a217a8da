package dev.starling.tests.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's {@code fit(DataSet)} on tiny networks and ready batches: gathering, which the others do in every step, it is spared. Requests and answers as {@link TinyContender}'s. */
public final class TinyStockContender {
    private static final int STEPS = 3000;
    private static final int WARM_UP = 300;

    private TinyStockContender() {}

    public static void main(String[] arguments) {
        new Answers().serve(words -> new double[] {microseconds(TinyNetwork.of(words.get(0)))});
        System.exit(0);
    }

    private static double microseconds(TinyNetwork tiny) {
        MultiLayerNetwork network = new MultiLayerNetwork(StockNetworks.dense(tiny.sizes()));
        network.init();
        List<DataSet> batches = batches(tiny);
        long start = 0;
        for (int t = 0; t < WARM_UP + STEPS; t++) {
            if (t == WARM_UP) {
                start = System.nanoTime();
            }
            network.fit(batches.get(t % batches.size()));
        }
        return (System.nanoTime() - start) / 1e3 / STEPS;
    }

    private static List<DataSet> batches(TinyNetwork tiny) {
        int rows = TinyNetwork.BATCH;
        float[] features = tiny.features();
        int[] classes = tiny.classesOf(features);
        List<DataSet> batches = new ArrayList<>();
        for (int from = 0; from < TinyNetwork.ROWS; from += rows) {
            float[] part = Arrays.copyOfRange(features, from * tiny.inputs(), (from + rows) * tiny.inputs());
            INDArray targets = Nd4j.zeros(rows, tiny.classes());
            for (int row = 0; row < rows; row++) {
                targets.putScalar(row, classes[from + row], 1);
            }
            batches.add(new DataSet(Nd4j.createFromArray(part).reshape(rows, tiny.inputs()), targets));
        }
        return batches;
    }
}
