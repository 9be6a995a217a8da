package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Concept drift: 20 standard normal inputs, two classes on either side of a plane that has turned by 30 degrees since the stored model was trained. It goes on learning from 60 recent examples, and is then better on later ones than it
 * was (whose error is about 30 ÷ 180), and than a network that knows the 60 alone.
 */
class DriftCommandTest {
    private static final int INPUTS = 20;

    private static final String EXPERIMENT =
            """
            data:
              train: {format: csv, path: %s.csv, target: side}
              test: {format: csv, path: later.csv, target: side}
            network:
              %s
            training: {loss: binaryCrossentropy, optimizer: {adam: {learningRate: 0.005}}, metrics: [accuracy], batchSize: 16, epochs: %d}
            cluster: {replicas: 1}
            """;

    private static final String LAYERS =
            "layers: [{dense: {units: 16, activation: tanh}}, {dense: {units: 1, activation: sigmoid}}]";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Files.writeString(folder.resolve("old.csv"), csv(2000, 0, 1));
        Files.writeString(folder.resolve("recent.csv"), csv(60, 30, 2));
        Files.writeString(folder.resolve("later.csv"), csv(2000, 30, 3));
        Files.writeString(folder.resolve("old.yaml"), EXPERIMENT.formatted("old", LAYERS, 20));
        Files.writeString(folder.resolve("anew.yaml"), EXPERIMENT.formatted("recent", LAYERS, 60));
        Files.writeString(folder.resolve("refresh.yaml"), EXPERIMENT.formatted("recent", "from: old.yaml", 20));
    }

    private static String csv(int rows, double degrees, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < INPUTS; i++) {
            csv.append("x").append(i).append(',');
        }
        csv.append("side\n");
        double angle = Math.toRadians(degrees);
        for (int row = 0; row < rows; row++) {
            double[] x = new double[INPUTS];
            for (int i = 0; i < INPUTS; i++) {
                x[i] = random.nextGaussian();
                csv.append(x[i]).append(',');
            }
            csv.append(Math.cos(angle) * x[0] + Math.sin(angle) * x[1] > 0 ? 1 : 0)
                    .append('\n');
        }
        return csv.toString();
    }

    private static double accuracy(String experiment) throws IOException {
        Result trained = new Shell(folder, Map.of()).run("train", experiment, "--master", "local[1]");
        assertThat(trained.status()).as(trained.err()).isZero();
        return new ObjectMapper()
                .readTree(Files.readString(Path.of(trained.lastLine(), "metrics.json")))
                .at("/test/accuracy")
                .asDouble();
    }

    @Test
    void aRefreshedModelBeatsTheOldOneAndOneTrainedAnew() throws IOException {
        double old = accuracy("old.yaml");
        double anew = accuracy("anew.yaml");
        double refreshed = accuracy("refresh.yaml");
        assertThat(old).isBetween(0.79, 0.86);
        assertThat(refreshed).isGreaterThan(old).isGreaterThan(anew);
    }
}
