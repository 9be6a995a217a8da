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
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain SGD averaged every step over K equal batches is SGD on one batch of K times the size: the mean of the gradients is the gradient of the mean. */
@ExtendWith(LocalSpark.class)
class LargeBatchTest {
    private static final int REPLICAS = 4;
    private static final int BATCH = 15;

    private static final String EXPERIMENT =
            """
            seed: 3
            data:
              train: {format: csv, path: waves.csv, target: kind}
            network:
              input: [6, 4, 1]
              layers:
                - conv2d: {filters: 5, kernelSize: 3, padding: same, activation: tanh, kernelRegularizer: {l2: 1e-3}}
                - averagePooling2d: 2
                - flatten
                - dense: {units: 9, activation: tanh}
                - dense: {units: 3, activation: softmax}
            training:
              loss: categoricalCrossentropy
              optimizer: {sgd: {learningRate: 0.1}}
              epochs: 10
            cluster: {averaging: {every: 1}}
            """;

    @TempDir
    private Path folder;

    private void writeData() throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder header = new StringBuilder("kind");
        for (int pixel = 0; pixel < 24; pixel++) {
            header.append(",p").append(pixel);
        }
        lines.add(header.toString());
        for (int i = 0; i < REPLICAS * BATCH; i++) {
            StringBuilder line = new StringBuilder("kind" + i % 3);
            for (int pixel = 0; pixel < 24; pixel++) {
                line.append(',').append(Math.sin(0.3 * (i % 3 + 1) * pixel + 0.7 * i));
            }
            lines.add(line.toString());
        }
        Files.write(folder.resolve("waves.csv"), lines);
    }

    /** All of a replica's examples are one batch, so that the order in which each shuffles its own does not matter. */
    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void sgdAveragedEveryStepOverEqualBatchesIsOneBatchOfAllOfThem(String step, JavaSparkContext spark)
            throws IOException {
        writeData();
        TrainedModel many = train(spark, step, REPLICAS, BATCH);
        TrainedModel one = train(spark, step, 1, REPLICAS * BATCH);
        TrainedModel begin = train(spark, step, 1, REPLICAS * BATCH, "training.optimizer={sgd: {learningRate: 1e-30}}");
        assertThat(largestDifference(one, begin)).as("what training moves").isGreaterThan(0.01);
        assertThat(largestDifference(many, one)).isLessThan(1e-6);
        for (int epoch = 0; epoch < 10; epoch++) {
            assertThat(many.history().get(epoch).train().loss())
                    .isCloseTo(one.history().get(epoch).train().loss(), within(1e-6));
        }
    }

    private TrainedModel train(JavaSparkContext spark, String step, int replicas, int batch, String... overrides) {
        List<String> all = new ArrayList<>(List.of("training.step=" + step, "training.batchSize=" + batch));
        all.addAll(List.of(overrides));
        try (Trial trial = Trial.of(spark, EXPERIMENT, folder, all.toArray(String[]::new))) {
            return trial.train(replicas);
        }
    }

    private static double largestDifference(TrainedModel one, TrainedModel other) {
        double largest = 0;
        for (int i = 0; i < one.parameters().length; i++) {
            largest = Math.max(largest, Math.abs(one.parameters()[i] - other.parameters()[i]));
        }
        return largest;
    }
}
