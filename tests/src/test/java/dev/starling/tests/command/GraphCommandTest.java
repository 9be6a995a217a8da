package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph of layers goes all the ways that a sequence goes: gang, evaluation, model.zip, predictions, folds, trials and resume. */
class GraphCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAYERS =
            """
              layers:
                - dense: {name: code, units: 6, activation: tanh}
                - dense: {units: 6, activation: tanh}
                - batchNormalization: {name: more}
                - add: {name: sum, inputs: [code, more]}
                - concatenate: {name: all, inputs: [sum, input]}
                - dense: {units: 2, activation: softmax}
            """;

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        Points.write(folder);
        String sequence =
                "  layers:\n    - dense: {units: 8, activation: tanh}\n    - dense: {units: 2, activation: softmax}\n";
        assertThat(Points.EXPERIMENT).contains(sequence);
        Files.writeString(folder.resolve("graph.yaml"), Points.EXPERIMENT.replace(sequence, LAYERS));
        run = Path.of(done("train", "graph.yaml", "--master", "local[2]").lastLine());
    }

    private static Result done(String... args) {
        Result result = new Shell(folder, Map.of()).run(args);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    @Test
    void itIsTrainedOnAGangAndMeasuredAgainToTheSameBits() throws IOException {
        assertThat(json(run.resolve("metrics.json")).at("/test/accuracy").asDouble())
                .isGreaterThan(0.9);
        assertThat(json(run.resolve("provenance.json")).toString()).contains("planned: ");
        JsonNode again = JSON.readTree(
                done("evaluate", run.toString(), "--master", "local[1]").out());
        assertThat(again).isEqualTo(((ObjectNode) json(run.resolve("metrics.json"))).without("timing"));
        assertThat(done("summary", run.toString()).out())
                .contains("Connected to", "sum, input", "Total params: 102", "Step: planned");
    }

    @Test
    void stockDeeplearning4jRestoresAComputationGraphThatPredictsTheSame() throws IOException {
        ComputationGraph stock =
                ModelSerializer.restoreComputationGraph(run.resolve("model.zip").toFile());
        List<String> points = Files.readAllLines(folder.resolve("points.csv"));
        JsonNode features = json(run.resolve("preprocessing.json")).get("features");
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
        done("predict", run.toString(), "points.csv", "--output", "all.csv", "--master", "local[2]");
        done(
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
        String folds = done("cross-validate", "graph.yaml", "--master", "local[2]", "--set", "crossValidation.folds=2")
                .lastLine();
        assertThat(json(Path.of(folds, "metrics.json")).get("folds")).hasSize(2);
        String sweep = done(
                        "sweep",
                        "graph.yaml",
                        "--master",
                        "local[2]",
                        "--set",
                        "sweep={search: grid, space: {'network.layers[3]': {choice: [{add: {name: sum, inputs: [code, more]}},"
                                + " {concatenate: {name: sum, inputs: [code, more]}}]}}}")
                .lastLine();
        assertThat(json(Path.of(sweep, "metrics.json")).get("trials").asInt()).isEqualTo(2);
        assertThat(json(Path.of(sweep, "metrics.json")).get("failed").asInt()).isZero();
        ModelSerializer.restoreComputationGraph(Path.of(sweep, "model.zip").toFile());
    }

    @Test
    void severalOutputsSplitSeveralTargetsOrShareOne() throws IOException {
        StringBuilder csv = new StringBuilder("x,y,sum,difference,mean\n");
        for (int i = 0; i < 160; i++) {
            double x = i * 37 % 101 / 101.0;
            double y = i * 53 % 97 / 97.0;
            csv.append(x + "," + y + "," + (x + y) + "," + (x - y) + "," + (x + y) / 2 + "\n");
        }
        Files.writeString(folder.resolve("sums.csv"), csv);
        Files.writeString(
                folder.resolve("sums.yaml"),
                """
                data:
                  train: {format: csv, path: sums.csv, target: [sum, difference, mean]}
                  validation: 0.2
                network:
                  outputs: [one, two]
                  layers:
                    - dense: {name: both, units: 4}
                    - dense: {name: one, units: 2}
                    - dense: {name: two, units: 1, inputs: [both]}
                training: {loss: [meanSquaredError, meanAbsoluteError], optimizer: {adam: {learningRate: 0.02}}, batchSize: 8, epochs: 40, metrics: [rmse]}
                cluster: {replicas: 2}
                """);
        String sums = done("train", "sums.yaml", "--master", "local[2]").lastLine();
        assertThat(json(Path.of(sums, "metrics.json")).at("/validation/rmse").asDouble())
                .isLessThan(0.1);
        done("predict", sums, "sums.csv", "--output", "sums-predicted.csv", "--master", "local[2]");
        List<String> lines = Files.readAllLines(folder.resolve("sums-predicted.csv"));
        assertThat(lines.get(0)).isEqualTo("row,sum,difference,mean");
        String[] wanted = Files.readAllLines(folder.resolve("sums.csv")).get(7).split(",", -1);
        String[] given = lines.get(7).split(",", -1);
        for (int i = 1; i <= 3; i++) {
            assertThat(Double.parseDouble(given[i])).isCloseTo(Double.parseDouble(wanted[i + 1]), within(0.3));
        }
        assertThat(ModelSerializer.restoreComputationGraph(
                                Path.of(sums, "model.zip").toFile())
                        .getNumOutputArrays())
                .isEqualTo(2);
        Path aside = Path.of(done(
                        "train",
                        "graph.yaml",
                        "--master",
                        "local[2]",
                        "--set",
                        "network.layers[5].dense.name=main",
                        "--set",
                        "network.layers[3].add.inputs=[code, side]",
                        "--set",
                        "network.layers[2]={concatenate: {name: side, inputs: [helper, aid]}}",
                        "--set",
                        "network.layers[1]={repeat: {times: 1, layers: [{dense: {name: helper, units: 3}}, {dense: {name: aid, units: 3, inputs: [code]}}, {dense: {name: early, units: 2, activation: softmax, inputs: [code]}}]}}",
                        "--set",
                        "network.outputs=[main, early]")
                .lastLine());
        assertThat(json(aside.resolve("metrics.json")).at("/test/confusion")).hasSize(2);
        assertThat(json(aside.resolve("metrics.json")).at("/test/accuracy").asDouble())
                .isGreaterThan(0.9);
        done(
                "cross-validate",
                aside.resolve("experiment.yaml").toString(),
                "--master",
                "local[2]",
                "--set",
                "crossValidation.folds=2");
    }

    /** A copy taken while it trains is what a killed run leaves. */
    @Test
    @Timeout(120)
    void itIsResumedToTheSameBits() throws IOException {
        CompletableFuture<Result> training = CompletableFuture.supplyAsync(() -> done(
                "train",
                "graph.yaml",
                "--master",
                "local[2]",
                "--runs",
                "calm",
                "--set",
                "training.epochs=200",
                "--set",
                "cluster.checkpoint.every=20 rounds"));
        Path cut = folder.resolve("cut/graph-20260101T000000Z-000001");
        while (!training.isDone() && !copied(cut)) {
            Thread.onSpinWait();
        }
        Path calm = Path.of(training.join().lastLine());
        assertThat(cut.resolve("_SUCCESS")).doesNotExist();
        assertThat(cut.resolve("checkpoints")).isNotEmptyDirectory();
        done("resume", cut.toString(), "--master", "local[2]");
        assertThat(json(cut.resolve("provenance.json")).get("sha256"))
                .isEqualTo(json(calm.resolve("provenance.json")).get("sha256"))
                .isNotNull();
    }

    /** The run as it stands, once it has a checkpoint; false where it changed meanwhile. */
    private static boolean copied(Path cut) {
        Path store = folder.resolve("calm");
        if (!Files.isDirectory(store)) {
            return false;
        }
        try (Stream<Path> runs = Files.list(store)) {
            Path found = runs.findFirst().orElse(store);
            if (!Files.isDirectory(found.resolve("checkpoints"))) {
                return false;
            }
            org.apache.hadoop.fs.FileUtil.fullyDelete(cut.toFile());
            copy(found, cut);
            try (Stream<Path> kept = Files.list(cut.resolve("checkpoints"))) {
                return kept.anyMatch(
                        checkpoint -> !checkpoint.getFileName().toString().startsWith("."));
            }
        } catch (IOException | UncheckedIOException changed) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                if (!Files.isDirectory(path)) {
                    Files.copy(path, target);
                }
            }
        }
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
