package dev.starling.tests.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J alone, by {@code fit} on batches that lie in memory, unshuffled. A request is a number of examples; the answer examples per second. */
public final class StockContender {
    private StockContender() {}

    /** @param arguments work, folder of data sets, most examples */
    public static void main(String[] arguments) {
        Answers answers = new Answers();
        MultiLayerNetwork network = new MultiLayerNetwork(StockNetworks.of(Work.of(arguments[0])));
        network.init();
        List<DataSet> batches =
                StockNetworks.batches(FashionMnist.read(Path.of(arguments[1]), Integer.parseInt(arguments[2])));
        answers.serve(words -> {
            int examples = Integer.parseInt(words.get(0));
            List<DataSet> epoch = batches.subList(0, examples / Work.BATCH);
            long start = System.nanoTime();
            network.fit(new ExistingDataSetIterator(epoch));
            return new double[] {examples * 1e9 / (System.nanoTime() - start)};
        });
        // DL4J's threads would keep the process alive.
        System.exit(0);
    }
}
