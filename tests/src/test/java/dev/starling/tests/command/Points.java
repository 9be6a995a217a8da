package dev.starling.tests.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A small experiment on two lines' worth of arithmetic: 200 points, one class left of the line x = y and one right of it. */
final class Points {
    static final String EXPERIMENT =
            """
            data:
              train: {format: csv, path: points.csv, target: side}
              test: 0.2
              validation: 0.1
              scale: standardize
            network:
              layers:
                - dense: {units: 8, activation: tanh}
                - dense: {units: 2, activation: softmax}
            training:
              loss: categoricalCrossentropy
              optimizer: {adam: {learningRate: 0.05}}
              metrics: [accuracy]
              batchSize: 8
              epochs: 6
            cluster: {replicas: 2}
            """;

    private Points() {}

    /** Writes {@code points.csv} and {@code points.yaml}. */
    static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("points.csv"), csv(200));
        Files.writeString(folder.resolve("points.yaml"), EXPERIMENT);
    }

    static String csv(int rows) {
        StringBuilder csv = new StringBuilder("x,y,side\n");
        for (int i = 0; i < rows; i++) {
            double x = i * 37 % 101 / 101.0;
            double y = i * 53 % 97 / 97.0;
            csv.append(String.format(Locale.ROOT, "%.4f,%.4f,%s%n", x, y, x < y ? "left" : "right"));
        }
        return csv.toString();
    }
}
