package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code predict} from arguments to the file that it writes, in this JVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictCommandTest {
    private static final int ROWS = 200;

    @TempDir
    private static Path folder;

    private String classifier;

    @BeforeAll
    void train() throws IOException {
        Points.write(folder);
        classifier = done("train", "points.yaml", "--master", "local[2]").lastLine();
    }

    private Result run(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    private Result done(String... args) {
        Result result = run(args);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    private List<String[]> predict(String run, String input, String output, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("predict", run, input, "--output", output, "--master", "local[2]"));
        args.addAll(List.of(more));
        Result result = done(args.toArray(String[]::new));
        assertThat(result.out()).isEmpty();
        return Files.readAllLines(folder.resolve(output)).stream()
                .map(line -> line.split(",", -1))
                .toList();
    }

    private List<String[]> points() throws IOException {
        return Files.readAllLines(folder.resolve("points.csv")).stream()
                .map(line -> line.split(",", -1))
                .toList();
    }

    /** The same points without their class, y before x, and a column that nobody asked for. */
    private void writeBare(String name, boolean header) throws IOException {
        StringBuilder bare = new StringBuilder(header ? "note;y;x\n" : "");
        for (String[] point : points().subList(1, ROWS + 1)) {
            bare.append(header ? "a;" + point[1] + ";" + point[0] : point[0] + ";" + point[1])
                    .append('\n');
        }
        Files.writeString(folder.resolve(name), bare);
    }

    @Test
    void classesAndProbabilitiesAreEvaluatesAndStockDeeplearning4js() throws IOException {
        List<String[]> lines = predict(classifier, "points.csv", "classes.csv");
        assertThat(lines.get(0)).containsExactly("row", "predicted", "left", "right");
        assertThat(lines).hasSize(ROWS + 1);
        Files.writeString(
                folder.resolve("all.yaml"), Points.EXPERIMENT.replace("  test: 0.2\n  validation: 0.1\n", ""));
        JsonNode confusion = new ObjectMapper()
                .readTree(done("evaluate", classifier, "--data", "all.yaml", "--master", "local[2]")
                        .out())
                .at("/train/confusion");
        int[][] found = new int[2][2];
        List<String> names = List.of("left", "right");
        float[][] stock = stockOutputs(1);
        for (int i = 1; i <= ROWS; i++) {
            String[] line = lines.get(i);
            assertThat(line[0]).isEqualTo(Integer.toString(i));
            found[names.indexOf(points().get(i)[2])][names.indexOf(line[1])]++;
            assertThat(Float.parseFloat(line[2])).isCloseTo(stock[i - 1][0], within(1e-6f));
            assertThat(Float.parseFloat(line[3])).isCloseTo(stock[i - 1][1], within(1e-6f));
        }
        assertThat(new ObjectMapper().valueToTree(found).toString()).isEqualTo(confusion.toString());
    }

    @Test
    void columnsAreFoundByNameAndWithoutAHeaderByPlace() throws IOException {
        List<String[]> expected = predict(classifier, "points.csv", "by-training.csv");
        writeBare("bare.txt", true);
        assertThat(predict(classifier, "bare.txt", "by-name.csv", "--delimiter", ";"))
                .usingElementComparator(java.util.Arrays::compare)
                .isEqualTo(expected);
        writeBare("bare.txt", false);
        assertThat(predict(classifier, "bare.txt", "by-place.csv", "--delimiter", ";", "--no-header"))
                .usingElementComparator(java.util.Arrays::compare)
                .isEqualTo(expected);
    }

    @Test
    void aLayersOutputsAreTheEncodings() throws IOException {
        List<String[]> lines = predict(classifier, "points.csv", "codes.csv", "--layer", "dense_1");
        assertThat(lines.get(0))
                .hasSize(9)
                .startsWith("row", "dense_1_0", "dense_1_1")
                .endsWith("dense_1_7");
        float[][] stock = stockOutputs(0);
        for (int i = 1; i <= ROWS; i++) {
            for (int j = 0; j < 8; j++) {
                assertThat(Float.parseFloat(lines.get(i)[j + 1])).isCloseTo(stock[i - 1][j], within(1e-6f));
            }
        }
    }

    /** What a layer of the stored model gives in stock DL4J for the points as this test scales them. */
    private float[][] stockOutputs(int layer) throws IOException {
        MultiLayerNetwork model = ModelSerializer.restoreMultiLayerNetwork(
                Path.of(classifier, "model.zip").toFile());
        JsonNode features = new ObjectMapper()
                .readTree(Path.of(classifier, "preprocessing.json").toFile())
                .get("features");
        INDArray input = Nd4j.create(ROWS, 2);
        List<String[]> points = points();
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < 2; column++) {
                double value = Double.parseDouble(points.get(row + 1)[column]);
                JsonNode scale = features.get(column);
                input.putScalar(
                        row,
                        column,
                        (value - scale.get("offset").asDouble())
                                / scale.get("divisor").asDouble());
            }
        }
        return model.feedForward(input).get(layer + 1).toFloatMatrix();
    }

    @Test
    void numbersComeInTheirOwnUnitAndRowsWithMissingValuesKeepTheirNumbers() throws IOException {
        StringBuilder csv = new StringBuilder("x,price\n");
        for (int i = 0; i < 120; i++) {
            csv.append(i % 40 == 7 ? "" : String.valueOf(i / 100.0))
                    .append(String.format(Locale.ROOT, ",%d%n", 1000 + 20 * i));
        }
        Files.writeString(folder.resolve("prices.csv"), csv);
        Files.writeString(
                folder.resolve("prices.yaml"),
                """
                data:
                  train: {format: csv, path: prices.csv, target: price, missing: {policy: drop}}
                  scale: standardize
                  targetScale: standardize
                network: {layers: [{dense: 1}]}
                training: {loss: meanSquaredError, optimizer: {sgd: {learningRate: 0.1}}, batchSize: 8, epochs: 20}
                cluster: {replicas: 1}
                """);
        String run = done("train", "prices.yaml", "--master", "local[2]").lastLine();
        Result told = run("predict", run, "prices.csv", "--output", "told.csv", "--master", "local[2]");
        assertThat(told.err()).contains("117 rows, 3 with missing values left out: " + folder.resolve("told.csv"));
        List<String[]> lines = predict(run, "prices.csv", "prices-predicted.csv");
        assertThat(lines.get(0)).containsExactly("row", "price");
        assertThat(lines).hasSize(118);
        double squares = 0;
        for (String[] line : lines.subList(1, 118)) {
            int row = Integer.parseInt(line[0]);
            assertThat((row - 1) % 40).isNotEqualTo(7);
            double error = Double.parseDouble(line[1]) - (1000 + 20 * (row - 1));
            squares += error * error / 117;
        }
        double mse = new ObjectMapper()
                .readTree(Path.of(run, "metrics.json").toFile())
                .at("/train/mse")
                .asDouble();
        assertThat(squares).isCloseTo(mse, within(1e-3 * mse + 1e-3)).isLessThan(100);
    }

    private void isWrong(Result result, String... words) {
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).doesNotContain("\tat ", "Exception");
        assertThat(result.problems()).singleElement().asString().contains(words);
    }

    private Result wrong(String input, String... more) {
        List<String> args =
                new ArrayList<>(List.of("predict", classifier, input, "--output", "wrong.csv", "--master", "local[2]"));
        args.addAll(List.of(more));
        Result result = run(args.toArray(String[]::new));
        assertThat(folder.resolve("wrong.csv")).doesNotExist();
        return result;
    }

    @Test
    void wrongInputIsToldAndWritesNothing() throws IOException {
        Files.writeString(folder.resolve("other.csv"), "x,z\n1,2\n");
        isWrong(wrong("other.csv"), "'y'", "did you mean", "x, z");
        Files.writeString(folder.resolve("wide.csv"), "1,2,3\n");
        isWrong(wrong("wide.csv", "--no-header"), "wide.csv", "3 columns", "expected 2");
        isWrong(wrong("points.csv", "--layer", "dens_1"), "dens_1", "did you mean dense_1?", "dense_1, dense_2");
        Files.writeString(folder.resolve("there.csv"), "mine");
        isWrong(
                run("predict", classifier, "points.csv", "--output", "there.csv", "--master", "local[2]"),
                "there.csv",
                "it is there already");
        assertThat(folder.resolve("there.csv")).hasContent("mine");
    }

    @Test
    void anUnfinishedRunPredictsNothing() throws IOException {
        String run = done("train", "points.yaml", "--master", "local[2]", "--set", "training.epochs=1")
                .lastLine();
        Files.delete(Path.of(run, "_SUCCESS"));
        isWrong(
                run("predict", run, "points.csv", "--output", "wrong.csv", "--master", "local[2]"),
                run,
                "not finished");
    }
}
