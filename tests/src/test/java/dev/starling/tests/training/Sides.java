package dev.starling.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.training.TrainedModel;
import dev.starling.tests.Trial;
import dev.starling.worker.gang.EpochReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * An experiment with all that makes a result depend on what it should not: batch normalisation, dropout, a penalty, Adam, averaging every 3 steps, sources of
 * several files (one block each), and 101 examples, which are parts of 26, 25, 25 and 25 on four replicas: 4 batches each, the last of 2 or of 1.
 */
public final class Sides {
    public static final String EXPERIMENT =
            """
            seed: 7
            data:
              train: {format: csv, path: train, target: side}
              validation: {format: csv, path: validation, target: side}
              scale: standardize
            network:
              layers:
                - dense: {units: 16, activation: relu, kernelRegularizer: {l2: 1e-3}}
                - batchNormalization
                - dropout: 0.2
                - dense: {units: 3, activation: softmax}
            training:
              loss: categoricalCrossentropy
              optimizer: {adam: {learningRate: 0.01}}
              metrics: [accuracy]
              batchSize: 8
              epochs: 4
            cluster: {averaging: {every: 3}}
            """;

    private Sides() {}

    public static void write(Path folder) throws IOException {
        for (int file = 0; file < 5; file++) {
            write(folder.resolve("train"), file, 20);
        }
        write(folder.resolve("train"), 5, 1);
        write(folder.resolve("validation"), 6, 30);
        write(folder.resolve("validation"), 7, 40);
    }

    private static void write(Path source, int file, int rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("x,y,z,side"));
        int from = file * 1000;
        for (int i = from; i < from + rows; i++) {
            double x = Math.sin(1.7 * i);
            double y = Math.cos(0.9 * i);
            String side = x > 0.4 ? "right" : y > 0.1 ? "up" : "left";
            lines.add(x + "," + y + "," + Math.sin(2.3 * i) + "," + side);
        }
        Files.createDirectories(source);
        Files.write(source.resolve(file + ".csv"), lines);
    }

    static TrainedModel train(JavaSparkContext spark, Path folder, int replicas, String... overrides) {
        try (Trial trial = Trial.of(spark, EXPERIMENT, folder, overrides)) {
            return trial.train(replicas);
        }
    }

    /** Parameters, optimiser state and every epoch's values, to the bit. */
    static void assertSame(TrainedModel one, TrainedModel other) {
        assertThat(other.parameters()).isEqualTo(one.parameters());
        assertThat(other.optimizerState()).isEqualTo(one.optimizerState());
        assertThat(other.history())
                .extracting(EpochReport::train)
                .isEqualTo(one.history().stream().map(EpochReport::train).toList());
        assertThat(other.history())
                .extracting(EpochReport::validation)
                .isEqualTo(one.history().stream().map(EpochReport::validation).toList());
    }
}
