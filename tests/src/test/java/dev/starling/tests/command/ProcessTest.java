package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/starling} as a person calls it: each call a process, from a working directory outside the project. */
class ProcessTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Launcher launcher;

    @BeforeEach
    void launcher() {
        Launcher.assumeBuilt();
        launcher = new Launcher(folder, Map.of());
    }

    /** On one slot, where training had two, from a copy at another place without metrics.json. */
    @Test
    void aFreshProcessEvaluatesACopyOfARunToTheStoredValues() throws IOException {
        String digits = Checkout.path("conf/experiments/digits.yaml").toString();
        Result trained = launcher.starling("train", digits, "--set", "training.epochs=2", "--master", "local[2]");
        assertThat(trained.status()).as(trained.err()).isZero();
        Path run = Path.of(trained.lastLine());
        assertThat(run).hasParent(folder.resolve("runs"));
        assertThat(run.resolve("_SUCCESS")).exists();

        Path copy = folder.resolve("copy");
        copyWithoutMetrics(run, copy);
        Result evaluated = launcher.starling("evaluate", "copy", "--master", "local[1]");
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        JsonNode stored = JSON.readTree(Files.readString(run.resolve("metrics.json")));
        assertThat(JSON.readTree(evaluated.out())).isEqualTo(((ObjectNode) stored).without("timing"));
        assertThat(copy.resolve("metrics.json")).doesNotExist();
    }

    private static void copyWithoutMetrics(Path run, Path copy) throws IOException {
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(run)) {
            List<Path> all = files.toList();
            assertThat(all).contains(run.resolve("metrics.json"));
            for (Path file : all) {
                if (!file.endsWith("metrics.json")) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
    }

    @Test
    void wrongInputIsOneLineAProblemAndStatus2ThroughSparkSubmitToo() throws IOException {
        Points.write(folder);
        Files.writeString(folder.resolve("points.csv"), "x,y,side\n0.1,0.2,left\n0.3,oops,right\n");
        Result result = launcher.starling("train", "points.yaml", "--set", "training.epochs=1");
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.problems())
                .containsExactly(
                        "Cannot read " + folder + "/points.csv:3: column 'y' holds 'oops' (expected a number)");
        assertThat(result.err()).doesNotContain("at dev.starling", "\tat ", "Exception");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void summaryNeedsNoSpark() {
        Result result = launcher.starling(
                "summary", Checkout.path("conf/experiments/xor.yaml").toString());
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).contains("Total params: 37");
        assertThat(result.err()).isEmpty();
    }
}
