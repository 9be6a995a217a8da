package dev.starling.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.jobs.command.Program;
import dev.starling.jobs.command.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} and {@code evaluate} from arguments to files, in this JVM, on a data set of two lines' worth of arithmetic. */
@ExtendWith(Hdfs.Extension.class)
class TrainCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        out.reset();
        err.reset();
        return Program.run(
                args,
                new Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        folder,
                        Map.of(),
                        false));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String lastLine() {
        List<String> lines = out().lines().toList();
        return lines.get(lines.size() - 1);
    }

    /** 200 points, one class left of the line x = y and one right of it. */
    @BeforeEach
    void writeExperiment() throws IOException {
        StringBuilder csv = new StringBuilder("x,y,side\n");
        for (int i = 0; i < 200; i++) {
            double x = i * 37 % 101 / 101.0;
            double y = i * 53 % 97 / 97.0;
            csv.append(String.format(Locale.ROOT, "%.4f,%.4f,%s%n", x, y, x < y ? "left" : "right"));
        }
        Files.writeString(folder.resolve("points.csv"), csv);
        Files.writeString(
                folder.resolve("points.yaml"),
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
                """);
    }

    private List<String> runs(String store) {
        if (Files.notExists(folder.resolve(store))) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(folder.resolve(store))) {
            return runs.map(Path::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode withoutTiming(String metrics) throws IOException {
        return ((ObjectNode) JSON.readTree(metrics)).without("timing");
    }

    @Test
    void trainStoresAFinishedRunAndEvaluateReproducesItOnAnotherNumberOfSlots() throws IOException {
        assertThat(run("train", "points.yaml", "--master", "local[2]"))
                .as(err())
                .isZero();
        Path run = Path.of(lastLine());
        assertThat(run).isAbsolute().hasParent(folder.resolve("runs"));
        assertThat(run.resolve("_SUCCESS")).exists();
        assertThat(err().lines().filter(line -> line.startsWith("epoch "))).hasSize(6);
        assertThat(err())
                .contains("epoch 6/6  train loss ")
                .contains("  validation loss ")
                .contains(" examples/s");
        String metrics = Files.readString(run.resolve("metrics.json"));
        assertThat(JSON.readTree(metrics).at("/test/accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(Files.readString(run.resolve("history.csv")).lines()).hasSize(1 + 6 * 2 * 2);

        Files.delete(run.resolve("metrics.json"));
        assertThat(run("evaluate", run.toString(), "--master", "local[1]"))
                .as(err())
                .isZero();
        assertThat(JSON.readTree(out())).isEqualTo(withoutTiming(metrics));
        assertThat(run.resolve("metrics.json")).doesNotExist();
    }

    @Test
    void theStoreMayBeOnHdfs(Hdfs hdfs) throws IOException {
        URI store = hdfs.folder("train/runs");
        assertThat(run("train", "points.yaml", "--master", "local[2]", "--runs", store.toString()))
                .as(err())
                .isZero();
        assertThat(lastLine()).startsWith(store + "/points-");
        FileSystem files = FileSystem.get(store, hdfs.configuration());
        assertThat(files.exists(new org.apache.hadoop.fs.Path(lastLine(), "_SUCCESS")))
                .isTrue();
        String run = lastLine();
        assertThat(run("summary", run)).as(err()).isZero();
        // 2·8 + 8 and 8·2 + 2.
        assertThat(out()).contains("Total params: 42");
    }

    @Test
    void evaluateTakesOtherData() throws IOException {
        assertThat(run("train", "points.yaml", "--master", "local[2]"))
                .as(err())
                .isZero();
        String run = lastLine();
        Files.writeString(folder.resolve("few.csv"), "x,y,side\n0.1,0.9,left\n0.9,0.1,right\n");
        Files.writeString(
                folder.resolve("few.yaml"),
                Files.readString(folder.resolve("points.yaml"))
                        .replace("points.csv", "few.csv")
                        .replace("  test: 0.2\n  validation: 0.1\n", ""));
        assertThat(run("evaluate", run, "--data", "few.yaml", "--master", "local[2]"))
                .as(err())
                .isZero();
        assertThat(JSON.readTree(out()).at("/train/classes/0/support").asInt()).isEqualTo(1);
        assertThat(JSON.readTree(out()).has("test")).isFalse();
    }

    @Test
    void aLossThatIsNoNumberFailsTheRunAndLeavesItUnfinished() throws IOException {
        int status = run(
                "train",
                "points.yaml",
                "--master",
                "local[2]",
                "--set",
                "training.optimizer={sgd: {learningRate: 1e30}}",
                "--set",
                "network.layers[0].dense.activation=relu",
                "--set",
                "training.loss=meanSquaredError",
                "--set",
                "data.train.target=y",
                "--set",
                "data.train.features=[x]",
                "--set",
                "network.layers[1].dense={units: 1}",
                "--set",
                "training.metrics=[mse]");
        assertThat(status).as(err()).isEqualTo(1);
        assertThat(err().lines().filter(line -> line.startsWith("starling: ")))
                .singleElement()
                .asString()
                .contains("epoch 1")
                .contains("round");
        assertThat(err()).doesNotContain("\tat ");
        assertThat(out()).isEmpty();
        assertThat(runs("runs")).singleElement().satisfies(run -> {
            assertThat(Path.of(run, "experiment.yaml")).exists();
            assertThat(Path.of(run, "_SUCCESS")).doesNotExist();
        });
    }

    @Test
    void moreReplicasThanSlotsIsToldAtOnceAndStoresNothing() {
        assertThat(run("train", "points.yaml", "--master", "local[2]", "--set", "cluster.replicas=5"))
                .isEqualTo(2);
        assertThat(err()).contains("starling: Cannot train with cluster.replicas: 5");
        assertThat(runs("runs")).isEmpty();
    }

    @Test
    void aStoreThatCannotBeWrittenIsToldBeforeTraining() throws IOException {
        Files.writeString(folder.resolve("runs"), "a file in the way");
        assertThat(run("train", "points.yaml", "--master", "local[2]")).isEqualTo(2);
        assertThat(err())
                .contains("starling: Cannot store runs in " + folder.resolve("runs"))
                .doesNotContain("epoch");
    }

    @Test
    void dataThatAreWrongAreToldWithFileAndLineAndStoreNothing() throws IOException {
        Files.writeString(folder.resolve("points.csv"), "x,y,side\n0.1,0.2,left\n0.3,oops,right\n");
        assertThat(run("train", "points.yaml", "--master", "local[2]")).isEqualTo(2);
        assertThat(err()).contains("points.csv").contains("3").contains("oops").doesNotContain("\tat ");
        assertThat(runs("runs")).isEmpty();
    }
}
