package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph of layers goes the ways that a sequence goes: gang, evaluation, model.zip, predictions, folds and trials; to resume it is {@link GraphResumeTest}'s. */
class GraphCommandTest {
    @TempDir
    private static Path folder;

    private static GraphExperiment shell;
    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        shell = GraphExperiment.in(folder);
        run = shell.run("train", "graph.yaml", "--master", "local[2]");
    }

    @Test
    void itIsTrainedOnAGangAndMeasuredAgainToTheSameBits() throws IOException {
        assertThat(GraphExperiment.json(run.resolve("metrics.json"))
                        .at("/test/accuracy")
                        .asDouble())
                .isGreaterThan(0.9);
        assertThat(GraphExperiment.json(run.resolve("provenance.json")).toString())
                .contains("planned: ");
        JsonNode again = GraphExperiment.JSON.readTree(
                shell.done("evaluate", run.toString(), "--master", "local[1]").out());
        assertThat(again).isEqualTo(((ObjectNode) GraphExperiment.json(run.resolve("metrics.json"))).without("timing"));
        assertThat(shell.done("summary", run.toString()).out())
                .contains("Connected to", "sum, input", "Total params: 102", "Step: planned");
    }

    @Test
    void stockDeeplearning4jRestoresAComputationGraphThatPredictsTheSame() throws IOException {
        ComputationGraph stock =
                ModelSerializer.restoreComputationGraph(run.resolve("model.zip").toFile());
        List<String> points = Files.readAllLines(folder.resolve("points.csv"));
        JsonNode features =
                GraphExperiment.json(run.resolve("preprocessing.json")).get("features");
        INDArray input = Nd4j.create(200, 2);
        for (int row = 0; row < 200; row++) {
            for (int column = 0; column < 2; column++) {
                double value = Double.parseDouble(points.get(row + 1).split(",", -1)[column]);
                double offset = features.get(column).get("offset").asDouble();
                input.putScalar(
                        row,
                        column,
                        (value - offset) / features.get(column).get("divisor").asDouble());
            }
        }
        float[][] expected = stock.output(false, input)[0].toFloatMatrix();
        float[][] sums = stock.feedForward(input, false).get("sum").toFloatMatrix();
        shell.done("predict", run.toString(), "points.csv", "--output", "all.csv", "--master", "local[2]");
        shell.done(
                "predict",
                run.toString(),
                "points.csv",
                "--output",
                "codes.csv",
                "--layer",
                "sum",
                "--master",
                "local[2]");
        List<String> predicted = Files.readAllLines(folder.resolve("all.csv"));
        List<String> encoded = Files.readAllLines(folder.resolve("codes.csv"));
        for (int row = 0; row < 200; row++) {
            String[] line = predicted.get(row + 1).split(",", -1);
            assertThat(Float.parseFloat(line[2])).isCloseTo(expected[row][0], within(1e-5f));
            assertThat(Float.parseFloat(line[3])).isCloseTo(expected[row][1], within(1e-5f));
            String[] code = encoded.get(row + 1).split(",", -1);
            assertThat(code).hasSize(7);
            for (int unit = 0; unit < 6; unit++) {
                assertThat(Float.parseFloat(code[unit + 1])).isCloseTo(sums[row][unit], within(1e-5f));
            }
        }
    }

    @Test
    void itIsCrossValidatedAndSwept() throws IOException {
        String folds = shell.done(
                        "cross-validate", "graph.yaml", "--master", "local[2]", "--set", "crossValidation.folds=2")
                .lastLine();
        assertThat(GraphExperiment.json(Path.of(folds, "metrics.json")).get("folds"))
                .hasSize(2);
        String sweep = shell.done(
                        "sweep",
                        "graph.yaml",
                        "--master",
                        "local[2]",
                        "--set",
                        "sweep={search: grid, space: {'network.layers[3]': {choice: [{add: {name: sum, inputs: [code, more]}},"
                                + " {concatenate: {name: sum, inputs: [code, more]}}]}}}")
                .lastLine();
        assertThat(GraphExperiment.json(Path.of(sweep, "metrics.json"))
                        .get("trials")
                        .asInt())
                .isEqualTo(2);
        assertThat(GraphExperiment.json(Path.of(sweep, "metrics.json"))
                        .get("failed")
                        .asInt())
                .isZero();
        ModelSerializer.restoreComputationGraph(Path.of(sweep, "model.zip").toFile());
    }

    @Test
    void layersInACircleAreToldBeforeAnythingRuns() {
        Result result = new Shell(folder, Map.of())
                .run(
                        "train",
                        "graph.yaml",
                        "--runs",
                        "none",
                        "--set",
                        "network.input=[2]",
                        "--set",
                        "network.layers[code].dense.inputs=[sum]");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .contains("in a circle: ", "code", "sum", "(expected none that reads what comes of itself)");
    }
}
