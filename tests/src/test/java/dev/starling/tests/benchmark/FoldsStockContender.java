package dev.starling.tests.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/** Ten folds of banknotes as a loop over DL4J's {@code fit(DataSet)}, one after the other, each standardised by its training rows. A request's answer: seconds. */
public final class FoldsStockContender {
    private FoldsStockContender() {}

    public static void main(String[] arguments) {
        Banknotes notes = Banknotes.read();
        new Answers().serve(words -> new double[] {seconds(notes)});
        System.exit(0);
    }

    private static double seconds(Banknotes notes) {
        long start = System.nanoTime();
        double accuracy = 0;
        for (int fold = 0; fold < Banknotes.FOLDS; fold++) {
            DataSet train = rows(notes, fold, false);
            DataSet scored = rows(notes, fold, true);
            NormalizerStandardize scaler = new NormalizerStandardize();
            scaler.fit(train);
            scaler.transform(train);
            scaler.transform(scored);
            MultiLayerNetwork network = new MultiLayerNetwork(StockNetworks.dense(4, 16, 2));
            network.init();
            for (int epoch = 0; epoch < Banknotes.EPOCHS; epoch++) {
                train.shuffle(epoch);
                for (DataSet batch : train.batchBy(Banknotes.BATCH)) {
                    network.fit(batch);
                }
            }
            Evaluation evaluation = new Evaluation(2);
            evaluation.eval(scored.getLabels(), network.output(scored.getFeatures()));
            accuracy += evaluation.accuracy() / Banknotes.FOLDS;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.err.println("stock DL4J, accuracy " + accuracy);
        return seconds;
    }

    private static DataSet rows(Banknotes notes, int fold, boolean scored) {
        List<float[]> features = new ArrayList<>();
        List<float[]> targets = new ArrayList<>();
        for (int row = 0; row < notes.classes().length; row++) {
            if (notes.isScored(row, fold) == scored) {
                features.add(Arrays.copyOf(notes.features()[row], 4));
                targets.add(notes.classes()[row] == 0 ? new float[] {1, 0} : new float[] {0, 1});
            }
        }
        INDArray x = Nd4j.create(features.toArray(float[][]::new));
        return new DataSet(x, Nd4j.create(targets.toArray(float[][]::new)));
    }
}
