package dev.starling.tests.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Random trials on the handwritten digits as a loop over DL4J's {@code fit(DataSet)}, one after the other: 64-h1-h2-10, batch 32, 10 epochs. A request is the number of trials; the answer: seconds. */
public final class TrialsStockContender {
    private static final int EPOCHS = 10;
    private static final int BATCH = 32;
    private static final int PIXELS = 64;
    private static final int DIGITS = 10;

    private TrialsStockContender() {}

    public static void main(String[] arguments) {
        List<String> rows = rows();
        DataSet train = examples(rows, false);
        DataSet validation = examples(rows, true);
        new Answers().serve(words -> new double[] {seconds(train, validation, Integer.parseInt(words.get(0)))});
        System.exit(0);
    }

    private static double seconds(DataSet train, DataSet validation, int trials) {
        SplittableRandom random = new SplittableRandom(42);
        long start = System.nanoTime();
        double best = 0;
        for (int trial = 0; trial < trials; trial++) {
            int[] sizes = {PIXELS, random.nextInt(16, 129), random.nextInt(16, 129), DIGITS};
            double rate = Math.pow(10, random.nextDouble(-4, -1));
            MultiLayerNetwork network = new MultiLayerNetwork(StockNetworks.dense(rate, sizes));
            network.init();
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                train.shuffle(epoch);
                for (DataSet batch : train.batchBy(BATCH)) {
                    network.fit(batch);
                }
            }
            Evaluation evaluation = new Evaluation(DIGITS);
            evaluation.eval(validation.getLabels(), network.output(validation.getFeatures()));
            best = Math.max(best, evaluation.accuracy());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.err.println("stock DL4J, best accuracy " + best);
        return seconds;
    }

    private static List<String> rows() {
        Path file = Path.of(System.getProperty("starling.root", ""), "conf/data/digits/digits.csv.gz");
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return in.lines().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Every fifth row is for validation. */
    private static DataSet examples(List<String> rows, boolean validation) {
        float[][] numbers = IntStream.range(0, rows.size())
                .filter(i -> (i % 5 == 4) == validation)
                .mapToObj(i -> numbers(rows.get(i)))
                .toArray(float[][]::new);
        float[][] features = new float[numbers.length][];
        float[][] targets = new float[numbers.length][DIGITS];
        for (int i = 0; i < numbers.length; i++) {
            features[i] = Arrays.copyOf(numbers[i], PIXELS);
            for (int p = 0; p < PIXELS; p++) {
                features[i][p] /= 16;
            }
            targets[i][(int) numbers[i][PIXELS]] = 1;
        }
        return new DataSet(Nd4j.create(features), Nd4j.create(targets));
    }

    private static float[] numbers(String row) {
        String[] fields = row.split(",", -1);
        float[] numbers = new float[fields.length];
        for (int i = 0; i < fields.length; i++) {
            numbers[i] = Float.parseFloat(fields[i]);
        }
        return numbers;
    }
}
