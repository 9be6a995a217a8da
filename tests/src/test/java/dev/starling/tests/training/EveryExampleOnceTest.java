package dev.starling.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.training.TrainedModel;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No example is lost or seen twice in an epoch, whatever the sizes. Each example has a weight of its own: its only input is a category that no other has, one-hot
 * encoded, the output is w·x with w from 0, the target 1, the loss (w − 1)². SGD moves the weight of an example in a batch of b by lr·2(1 − w)/b, so the weights
 * tell how often each was seen, in how large a batch, and by the averaging after it how much its replica weighed in that round.
 */
@ExtendWith(LocalSpark.class)
class EveryExampleOnceTest {
    private static final double RATE = 0.5;
    private static final int BATCH = 7;
    private static final int EVERY = 2;

    private static final String EXPERIMENT =
            """
            seed: 11
            data:
              train: {format: csv, path: ones.csv, target: one, categorical: [who]}
            network:
              layers:
                - dense: {units: 1, useBias: false, kernelInitializer: zeros}
            training:
              loss: meanSquaredError
              optimizer: {sgd: {learningRate: %s}}
              batchSize: %d
              epochs: 1
            cluster: {averaging: {every: %d}}
            """
                    .formatted(RATE, BATCH, EVERY);

    @TempDir
    private Path folder;

    static Stream<Arguments> sizes() {
        return IntStream.of(41, 60, 79, 100, 101)
                .boxed()
                .flatMap(rows -> Stream.of(
                        Arguments.of(rows, 3, "planned"),
                        Arguments.of(rows, 4, "planned"),
                        Arguments.of(rows, rows % 2 == 0 ? 3 : 4, "reference")));
    }

    @ParameterizedTest(name = "{0} rows on {1} replicas, {2} step")
    @MethodSource("sizes")
    void anEpochMovesTheWeightOfEachExampleOnce(int rows, int replicas, String step, JavaSparkContext spark)
            throws IOException {
        writeData(rows);
        float[] weights = train(spark, replicas, "training.step=" + step).parameters();
        Arrays.sort(weights);
        double[] expected = expected(rows, replicas);
        assertThat(weights).hasSize(rows);
        for (int i = 0; i < rows; i++) {
            assertThat((double) weights[i]).as("weight %d of %d", i, rows).isCloseTo(expected[i], within(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyEpochSeesAll(int rows, int replicas, String step, JavaSparkContext spark) throws IOException {
        writeData(rows);
        TrainedModel model = train(spark, replicas, "training.step=" + step, "training.epochs=3");
        assertThat(model.history())
                .extracting(epoch -> epoch.train().examples())
                .containsExactly((long) rows, (long) rows, (long) rows);
    }

    private TrainedModel train(JavaSparkContext spark, int replicas, String... overrides) {
        try (Trial trial = Trial.of(spark, EXPERIMENT, folder, overrides)) {
            return trial.train(replicas);
        }
    }

    private void writeData(int rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("who,one"));
        for (int i = 0; i < rows; i++) {
            lines.add("example" + i + ",1");
        }
        Files.write(folder.resolve("ones.csv"), lines);
    }

    /** Sorted. A replica has rows ÷ N examples, the first rows mod N have one more; a round is 2 batches of 7, or what is left. */
    private static double[] expected(int rows, int replicas) {
        int perRound = BATCH * EVERY;
        double[] expected = new double[rows];
        int at = 0;
        for (int rank = 0; rank < replicas; rank++) {
            int mine = part(rows, replicas, rank);
            for (int i = 0; i < mine; i++) {
                int round = i / perRound;
                int ofRound = IntStream.range(0, replicas)
                        .map(r -> inRound(part(rows, replicas, r), round))
                        .sum();
                double weight = (double) inRound(mine, round) / ofRound;
                int batch = Math.min(BATCH, mine - i / BATCH * BATCH);
                expected[at++] = weight * RATE * 2 / batch;
            }
        }
        Arrays.sort(expected);
        return expected;
    }

    private static int part(int rows, int replicas, int rank) {
        return rows / replicas + (rank < rows % replicas ? 1 : 0);
    }

    private static int inRound(int rows, int round) {
        int perRound = BATCH * EVERY;
        return Math.max(0, Math.min(perRound, rows - round * perRound));
    }
}
