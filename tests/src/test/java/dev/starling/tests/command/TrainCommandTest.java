package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train}, {@code evaluate} and {@code runs} from arguments to what they print, in this JVM. */
class TrainCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
    }

    private Result run(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    private Result train(String... more) {
        String[] args = new String[more.length + 4];
        System.arraycopy(new String[] {"train", "points.yaml", "--master", "local[2]"}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return run(args);
    }

    @Test
    void trainTellsItsProgressAndEndsWithTheRunsPath() throws IOException {
        Result trained = train();
        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(trained.out().lines()).hasSize(1);
        Path run = Path.of(trained.lastLine());
        assertThat(run).isAbsolute().hasParent(folder.resolve("runs"));
        assertThat(trained.err())
                .contains("144 train, 16 validation, 40 test examples; 42 parameters; 2 replicas")
                .contains("epoch 1/6  train loss ")
                .contains("epoch 6/6  train loss ")
                .contains("  validation loss ")
                .contains(" examples/s");
        assertThat(JSON.readTree(Files.readString(run.resolve("metrics.json")))
                        .at("/test/accuracy")
                        .asDouble())
                .isGreaterThan(0.9);
    }

    @Test
    void evaluateTakesOtherDataAndChangesNothing() throws IOException {
        String run = train().lastLine();
        Files.writeString(folder.resolve("few.csv"), "x,y,side\n0.1,0.9,left\n0.9,0.1,right\n0.8,0.1,right\n");
        Files.writeString(
                folder.resolve("few.yaml"),
                Points.EXPERIMENT.replace("points.csv", "few.csv").replace("  test: 0.2\n  validation: 0.1\n", ""));
        String before = Files.readString(Path.of(run, "metrics.json"));
        Result evaluated = run("evaluate", run, "--data", "few.yaml", "--master", "local[2]");
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        JsonNode metrics = JSON.readTree(evaluated.out());
        assertThat(metrics.fieldNames()).toIterable().containsExactly("train");
        assertThat(metrics.at("/train/accuracy").asDouble()).isEqualTo(1);
        assertThat(metrics.at("/train/classes/0/support").asInt()).isEqualTo(1);
        assertThat(metrics.at("/train/confusion").toString()).isEqualTo("[[1,0],[0,2]]");
        assertThat(Path.of(run, "metrics.json")).hasContent(before);
    }

    @Test
    void runsListsFinishedAndUnfinishedRunsWithTheirMetrics() throws IOException {
        String finished = train().lastLine();
        String unfinished =
                train("--set", "name=other", "--set", "training.epochs=1").lastLine();
        Files.delete(Path.of(unfinished, "_SUCCESS"));
        Result listed = run("runs");
        assertThat(listed.status()).isZero();
        double accuracy = JSON.readTree(Files.readString(Path.of(finished, "metrics.json")))
                .at("/test/accuracy")
                .asDouble();
        assertThat(listed.out().lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith(Path.of(finished).getFileName() + " ")
                                .contains(" finished", "test  loss ")
                                .contains(String.format(Locale.ROOT, "accuracy %.4f", accuracy)),
                        line -> assertThat(line)
                                .startsWith(Path.of(unfinished).getFileName() + " ")
                                .contains(" unfinished"));
    }

    /** The weights of a linear unit grow by a factor of about 1e30 a step. */
    @Test
    void aLossThatIsNoNumberFailsTheRunAndLeavesItUnfinished() {
        Result failed = train(
                "--set", "training.optimizer={sgd: {learningRate: 1e30}}",
                "--set", "training.loss=meanSquaredError",
                "--set", "data.train.target=y",
                "--set", "data.train.features=[x]",
                "--set", "network.layers=[{dense: 1}]",
                "--set", "training.metrics=[mse]");
        assertThat(failed.status()).as(failed.err()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.problems()).singleElement().asString().contains("epoch 1", "round 1");
        assertThat(failed.err()).doesNotContain("at dev.starling", "\tat ");
        List<Path> stored = new Shell(folder, Map.of()).stored("runs");
        assertThat(stored).singleElement().satisfies(run -> {
            assertThat(run.resolve("experiment.yaml")).exists();
            assertThat(run.resolve("_SUCCESS")).doesNotExist();
            assertThat(run.resolve("model.zip")).doesNotExist();
        });
        assertThat(run("runs").out()).contains(" unfinished");
    }
}
