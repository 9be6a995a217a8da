package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code data.classEmbeddings} through all commands: digits as segments of a display, of which some are never trained. */
class ZeroShotCommandTest {
    private static final Path SEGMENTS = Checkout.path("conf/data/course/digit-segments.csv");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Files.writeString(
                folder.resolve("zero.yaml"),
                Files.readString(Checkout.path("conf/experiments/course/zero-shot.yaml"))
                        .replace("../../data/digits/digits.csv.gz", Digits.DATA.toString())
                        .replace("../../data/course/digit-segments.csv", "points.csv"));
        Files.copy(SEGMENTS, folder.resolve("points.csv"));
    }

    private static Result run(String command, String... overrides) {
        return new OneExperiment(folder, "zero.yaml").run(command, overrides);
    }

    /** Of a class's rows the share that is told right, and how many there are. */
    private static double[] recall(JsonNode split, String name) {
        for (JsonNode row : split.get("classes")) {
            if (row.get("name").asText().equals(name)) {
                return new double[] {
                    row.get("recall").asDouble(), row.get("support").asDouble()
                };
            }
        }
        throw new AssertionError("no class " + name + " in " + split);
    }

    /** Chance is one of ten classes. */
    @Test
    void classesThatWereNeverTrainedAreToldByTheStoredModelToo() throws IOException {
        Path run = OneExperiment.path(run("train"));
        JsonNode metrics = Folding.metrics(run);
        assertThat(recall(metrics.get("train"), "3")[1]).isZero();
        assertThat(recall(metrics.get("validation"), "8")[1]).isZero();
        assertThat(recall(metrics.get("test"), "3")[1]).isEqualTo(183);
        double[] three = recall(metrics.get("test"), "3");
        double[] eight = recall(metrics.get("test"), "8");
        double unseen = (three[0] * three[1] + eight[0] * eight[1]) / (three[1] + eight[1]);
        assertThat(unseen).isGreaterThan(0.2);
        assertThat(metrics.at("/validation/accuracy").asDouble()).isGreaterThan(0.75);
        Files.move(folder.resolve("points.csv"), folder.resolve("away.csv"));
        try {
            Result again = new Shell(folder, Map.of()).run("evaluate", run.toString(), "--master", "local[2]");
            assertThat(again.status()).as(again.err()).isZero();
            assertThat(new ObjectMapper().readTree(again.out()).at("/test")).isEqualTo(metrics.at("/test"));
            Result predicted = new Shell(folder, Map.of())
                    .run(
                            "predict",
                            run.toString(),
                            Digits.DATA.toString(),
                            "--output",
                            "out.csv",
                            "--master",
                            "local[2]");
            assertThat(predicted.status()).as(predicted.err()).isZero();
            List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
            assertThat(lines.get(0)).isEqualTo("row,predicted,0,1,2,3,4,5,6,7,8,9");
            assertThat(lines).hasSize(1798).anyMatch(line -> line.matches("[0-9]+,3,.*"));
        } finally {
            Files.move(folder.resolve("away.csv"), folder.resolve("points.csv"));
        }
    }

    @Test
    void itIsCrossValidatedByUnitsAndGangsAndSwept() throws IOException {
        for (String replicas : List.of("1", "2")) {
            Path folds = OneExperiment.path(run(
                    "cross-validate",
                    "crossValidation={folds: 2, keepModels: true}",
                    "training.epochs=10",
                    "cluster.replicas=" + replicas));
            assertThat(Folding.metrics(folds).at("/mean/accuracy").asDouble()).isGreaterThan(0.7);
            assertThat(Files.readString(folds.resolve("folds/1/preprocessing.json")))
                    .contains("\"embeddings\"");
        }
        Path sweep = OneExperiment.path(
                run(
                        "sweep",
                        "training.epochs=10",
                        "sweep={search: grid, objective: {maximize: validation.accuracy}, space: {training.batchSize: {choice: [16, 64]}}}"));
        assertThat(Folding.metrics(sweep).at("/best/validation/accuracy").asDouble())
                .isGreaterThan(0.7);
    }

    @Test
    void whatIsWrongInTheFileIsToldWithItsLine() throws IOException {
        Files.writeString(folder.resolve("bad.csv"), "digit,a,b\n0,0,1\n1,0\n2,0,x\n0,1,1\n4,0,1\n5,1,1\n");
        Result bad = run("train", "data.classEmbeddings={path: bad.csv, unseen: [\"33\"]}");
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err())
                .contains("bad.csv:3: 2 values (expected 3, as in line 1)")
                .contains("bad.csv:4: column 'b' is 'x' (expected a number)")
                .contains("bad.csv:5: class '0' again (expected each class once)")
                .contains(
                        "bad.csv:6: the numbers of line 2 (expected another point, since the nearest tells the class)")
                .contains("data.classEmbeddings.unseen: 33 (expected a class of ");
        Files.writeString(folder.resolve("few.csv"), "digit,a\n0,0\n1,1\n2,2\n");
        Result few = run("train", "data.classEmbeddings.path=few.csv", "data.classEmbeddings.unseen=[]");
        assertThat(few.status()).isEqualTo(2);
        assertThat(few.err()).contains("class '7' has no embedding (expected one of 0, 1, 2)");
        Result missing = run("train", "data.classEmbeddings.path=none.csv");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("none.csv: no such file");
        Result outputs = run("train", "network.layers[0].dense.units=8");
        assertThat(outputs.status()).isEqualTo(2);
        assertThat(outputs.err()).contains("the last layer has 8 outputs and a class's embedding 7 numbers");
        Result keys = run("train", "training.loss=categoricalCrossentropy", "data.classEmbeddings.pth=x");
        assertThat(keys.status()).isEqualTo(2);
        assertThat(keys.err())
                .contains("data.classEmbeddings: beside categoricalCrossentropy (expected meanSquaredError")
                .contains("data.classEmbeddings.pth: unknown key (expected path)");
    }
}
