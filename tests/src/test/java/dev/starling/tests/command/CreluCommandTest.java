package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Concatenated ReLU, of a dense layer and alone, from the file to a stored model that stock DL4J opens. */
class CreluCommandTest {
    private static final String[] DOUBLED = {
        "--master",
        "local[2]",
        "--set",
        "data.scale=none",
        "--set",
        "network.layers[0]={repeat: {times: 1, layers: [{activation: crelu}, {dense: {name: both, units: 6, activation: crelu}}]}}"
    };

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
    }

    private Result run(String command, String argument, String... more) {
        String[] words = new String[2 + more.length];
        words[0] = command;
        words[1] = argument;
        System.arraycopy(more, 0, words, 2, more.length);
        Result result = new Shell(folder, Map.of()).run(words);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    @Test
    void isTrainedOnAGangStoredAndPredictedWith() throws IOException {
        Path run = Path.of(run("train", "points.yaml", DOUBLED).lastLine());
        JsonNode metrics =
                new ObjectMapper().readTree(run.resolve("metrics.json").toFile());
        assertThat(metrics.at("/test/accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(run("summary", run.toString()).out())
                // 2 inputs become 4, 6 units 12: 4·6 + 6 weights, then 12·2 + 2.
                .containsPattern("\\(None, 4\\) +0 ")
                .containsPattern("both \\(dense\\) +\\(None, 12\\) +30 ")
                .contains("Total params: 56", "Step: planned");
        JsonNode again = new ObjectMapper()
                .readTree(
                        run("evaluate", run.toString(), "--master", "local[1]").out());
        assertThat(again).isEqualTo(((ObjectNode) metrics).without("timing"));

        ComputationGraph stock =
                ModelSerializer.restoreComputationGraph(run.resolve("model.zip").toFile());
        run("predict", run.toString(), "points.csv", "--output", "all.csv", "--master", "local[2]");
        List<String> points = Files.readAllLines(folder.resolve("points.csv"));
        List<String> predicted = Files.readAllLines(folder.resolve("all.csv"));
        for (int row = 1; row <= 200; row++) {
            String[] point = points.get(row).split(",", -1);
            INDArray input =
                    Nd4j.createFromArray(new float[][] {{Float.parseFloat(point[0]), Float.parseFloat(point[1])}});
            double left = stock.output(false, input)[0].getDouble(0, 0);
            assertThat(Double.parseDouble(predicted.get(row).split(",", -1)[2])).isCloseTo(left, within(1e-5));
        }
    }

    @Test
    void isNoEndForACrossEntropyAndNothingThatKerasKnows() {
        Result refused = new Shell(folder, Map.of())
                .run(
                        "train",
                        "points.yaml",
                        "--set",
                        "network.input=[2]",
                        "--set",
                        "network.layers[1].dense.activation=crelu");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.problems())
                .anySatisfy(p -> assertThat(p).contains("on activation crelu (expected softmax)"));

        String run = run("train", "points.yaml", DOUBLED).lastLine();
        Result exported = new Shell(folder, Map.of()).run("export-keras", run, "--output", "model.keras");
        assertThat(exported.status()).isEqualTo(2);
        assertThat(exported.problems()).anySatisfy(p -> assertThat(p).contains("crelu"));
    }
}
