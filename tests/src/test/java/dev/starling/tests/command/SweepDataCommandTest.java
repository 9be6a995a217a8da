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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps over how the data are read. */
class SweepDataCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    /** As {@link Points}, with a column of noise, a category that is the class, and some values of x missing. */
    @BeforeEach
    void write() throws IOException {
        StringBuilder csv = new StringBuilder("x,y,noise,hint,side\n");
        for (int i = 0; i < 200; i++) {
            double x = i * 37 % 101 / 101.0;
            double y = i * 53 % 97 / 97.0;
            String side = x < y ? "left" : "right";
            String written = i % 25 == 7 ? "?" : String.format(Locale.ROOT, "%.4f", x);
            csv.append(String.format(Locale.ROOT, "%s,%.4f,%d,%s,%s%n", written, y, i % 7, side.charAt(0), side));
        }
        Files.writeString(folder.resolve("mixed.csv"), csv);
    }

    private Result sweep(String command, String columns, String space, String... more) throws IOException {
        Files.writeString(
                folder.resolve("sweep.yaml"),
                Points.EXPERIMENT
                                .replace("path: points.csv", "path: mixed.csv")
                                .replace(
                                        "target: side}",
                                        "target: side" + columns + ", missing: {values: ['?'], policy: mean}}")
                                .replace("replicas: 2", "replicas: 1")
                        + "sweep:\n  search: grid\n  objective: {maximize: validation.accuracy}\n  maxFailed: 10\n  space:\n"
                        + space.indent(4));
        String[] args = new String[more.length + 4];
        String[] first = {command, "sweep.yaml", "--master", "local[2]"};
        System.arraycopy(first, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return new Shell(folder, Map.of()).run(args);
    }

    @Test
    void columnsAreSearchedAndTheWinnerIsMeasuredAgainOnThoseItLearnedFrom() throws IOException {
        Result result = sweep(
                "sweep",
                ", features: [x, y]",
                """
                data.train.features: {choice: [[x, y], [noise], [x, y, nosuch]]}
                data.train.missing.policy: {choice: [mean, drop]}
                training.optimizer.adam.learningRate: {choice: [0.02, 0.05]}
                """);
        assertThat(result.status()).as(result.err()).isZero();
        Path run = Path.of(result.lastLine());
        List<String> trials = Files.readAllLines(run.resolve("trials.csv"));
        assertThat(trials).hasSize(13);
        assertThat(result.err())
                .contains("features names column 'nosuch', which it does not have")
                .contains("missing.policy drop leaves rows out");
        JsonNode metrics = JSON.readTree(run.resolve("metrics.json").toFile());
        assertThat(metrics.at("/failed").asInt()).isEqualTo(6);
        assertThat(metrics.at("/best/params/data.train.features").asText()).isEqualTo("[x, y]");
        assertThat(metrics.at("/best/test/accuracy").asDouble()).isGreaterThan(0.8);

        Result evaluated = new Shell(folder, Map.of()).run("evaluate", run.toString(), "--master", "local[2]");
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        assertThat(JSON.readTree(evaluated.out()).at("/test/loss").asDouble())
                .isCloseTo(metrics.at("/best/test/loss").asDouble(), within(1e-9));
    }

    @Test
    void theSameTrialOnItsOwnReadingHasTheSameBits() throws IOException {
        Result both = sweep("sweep", ", drop: [hint]", "data.train.drop: {choice: [[hint], [hint, noise]]}\n");
        Result alone = sweep("sweep", ", drop: [hint, noise]", "training.batchSize: {choice: [8, 9]}\n");

        assertThat(both.status()).as(both.err()).isZero();
        assertThat(alone.status()).as(alone.err()).isZero();
        assertThat(Files.readString(Path.of(both.lastLine()).resolve("trials/1/history.csv")))
                .isEqualTo(Files.readString(Path.of(alone.lastLine()).resolve("trials/0/history.csv")))
                .isNotEqualTo(Files.readString(Path.of(both.lastLine()).resolve("trials/0/history.csv")));
    }

    @Test
    void whatWouldCompareTrialsOnOtherRowsIsRefused() throws IOException {
        Result result = sweep(
                "sweep",
                ", drop: [hint]",
                """
                data.test: {choice: [0.1, 0.2]}
                data.validation: {choice: [0.1, 0.3]}
                data.train.target: {choice: [side, hint]}
                data.train.drop: {choice: [[hint], [noise]]}
                """);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .hasSize(3)
                .allMatch(
                        p -> p.contains(
                                "a key that says which rows and targets trials are compared by (expected of data only scale, targetScale, pseudoLabels, products,"));

        Result nested = sweep(
                "cross-validate",
                ", drop: [hint]",
                "data.train.drop: {choice: [[hint], [noise]]}\n",
                "--set",
                "crossValidation={folds: 3, nested: true}");
        assertThat(nested.status()).isEqualTo(2);
        assertThat(nested.problems()).singleElement().asString().contains("Cannot search data.train.drop inside folds");
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
