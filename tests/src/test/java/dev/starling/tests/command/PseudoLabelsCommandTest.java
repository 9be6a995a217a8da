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
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code data.pseudoLabels} through all commands, on the digits with 20 labels. */
class PseudoLabelsCommandTest {
    private static final String EXPERIMENT =
            """
            data:
              train: {format: csv, path: %s, target: digit}
              test: 0.25
              validation: 0.1
              scale: {divideBy: 16}
              pseudoLabels: {clusters: 100, labelled: 20, iterations: 20}
            network:
              layers: [{dense: {units: 32, activation: relu}}, {dense: {units: 10, activation: softmax}}]
            training: {loss: categoricalCrossentropy, optimizer: {adam: {learningRate: 0.005}}, metrics: [accuracy], batchSize: 16, epochs: 40}
            cluster: {replicas: 1}
            """;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Files.writeString(folder.resolve("few.yaml"), EXPERIMENT.formatted(Digits.DATA));
    }

    private static Result run(String command, String... overrides) {
        return new OneExperiment(folder, "few.yaml").run(command, overrides);
    }

    @Test
    void clustersTellMoreThanTwentyLabelsAndTheStoredModelIsMeasuredAlike() throws IOException {
        Result trained = run("train");
        Path run = OneExperiment.path(trained);
        Path alone = OneExperiment.path(run("train", "data.pseudoLabels.nearest=0", "training.epochs=400"));
        assertThat(trained.err())
                .containsPattern("pseudo-labels: 20 training rows with their own label, 1?,?[0-9]+ with");
        assertThat(Folding.metrics(run).at("/test/accuracy").asDouble())
                .isGreaterThan(Folding.metrics(alone).at("/test/accuracy").asDouble());
        Result evaluated = new Shell(folder, Map.of()).run("evaluate", run.toString(), "--master", "local[2]");
        JsonNode again = new ObjectMapper().readTree(evaluated.out());
        for (String split : List.of("train", "validation", "test")) {
            assertThat(again.at("/" + split + "/loss"))
                    .isEqualTo(Folding.metrics(run).at("/" + split + "/loss"));
        }
    }

    @Test
    void itIsCrossValidatedByUnitsAndGangsAndSwept() throws IOException {
        for (String replicas : List.of("1", "2")) {
            Path folds = OneExperiment.path(
                    run("cross-validate", "crossValidation.folds=3", "cluster.replicas=" + replicas));
            assertThat(Folding.metrics(folds).at("/mean/accuracy").asDouble()).isGreaterThan(0.65);
        }
        Path sweep = OneExperiment.path(
                run("sweep", "sweep={search: grid, space: {data.pseudoLabels.clusters: {choice: [50, 100]}}}"));
        assertThat(Folding.metrics(sweep).at("/best/test/accuracy").asDouble()).isGreaterThan(0.65);
    }

    @Test
    void whatDoesNotFitIsToldWithItsKey() {
        Result keys = run(
                "train",
                "data.pseudoLabels={clusters: 1, nearest: 1.5, labeled: 50}",
                "sweep={search: grid, space: {data.pseudoLabels.clusters: {choice: [10, 30]}}}");
        assertThat(keys.status()).isEqualTo(2);
        assertThat(keys.err())
                .contains("data.pseudoLabels.clusters: 1 (expected a whole number, at least 2)")
                .contains("data.pseudoLabels.nearest: 1.5 (expected a number, from 0 to 1)")
                .contains("data.pseudoLabels.labeled: unknown key (expected labelled)")
                .contains(
                        "data.pseudoLabels: without examples that have no label (expected data.unlabelled, or labelled");
        Result rows = run("train", "data.pseudoLabels={clusters: 5000, labelled: 7}");
        assertThat(rows.status()).isEqualTo(2);
        assertThat(rows.err())
                .contains("Cannot use data.pseudoLabels.labelled: 7 (expected at least 10, one of each class,")
                .contains("Cannot use data.pseudoLabels.clusters: 5000 (expected at most");
        Result numbers = run("train", "training.loss=meanSquaredError", "training.metrics=[]");
        assertThat(numbers.status()).isEqualTo(2);
        assertThat(numbers.err()).contains("Cannot use data.pseudoLabels: the target is not classes");
    }
}
