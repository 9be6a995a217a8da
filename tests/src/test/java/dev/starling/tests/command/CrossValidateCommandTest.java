package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cross-validate} and its {@code resume} from arguments to what they store, in this JVM. */
class CrossValidateCommandTest {
    private static final String FOLDS = "crossValidation={folds: 4, keepModels: true}";

    @TempDir
    private Path folder;

    private Folding folding;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
        folding = new Folding(folder);
    }

    @Test
    void aRunHoldsEveryFoldItsPredictionsAndWhatTheyComeTo() throws IOException {
        Result result = folding.crossValidate("--set", FOLDS);

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("160 examples in 4 folds; 2 at a time")
                .contains("fold 3 of 4  train loss ")
                .contains("accuracy    mean 0.");
        Path run = Path.of(result.lastLine());
        assertThat(run.resolve("_SUCCESS")).exists();
        JsonNode metrics = Folding.metrics(run);
        assertThat(metrics.get("folds")).hasSize(4);
        double sum = 0;
        for (JsonNode fold : metrics.get("folds")) {
            sum += fold.get("accuracy").asDouble();
        }
        assertThat(metrics.at("/mean/accuracy").asDouble()).isEqualTo(sum / 4).isGreaterThan(0.8);
        assertThat(metrics.at("/interval/accuracy")).hasSize(2);
        assertThat(metrics.at("/pooled/confusion/0/0").asInt()
                        + metrics.at("/pooled/confusion/0/1").asInt()
                        + metrics.at("/pooled/confusion/1/0").asInt()
                        + metrics.at("/pooled/confusion/1/1").asInt())
                .isEqualTo(160);
        assertThat(Files.readAllLines(run.resolve("predictions.csv"))).hasSize(161);
        assertThat(Files.readAllLines(run.resolve("folds/2/history.csv")).get(0))
                .isEqualTo("epoch,split,metric,value");
        assertThat(Folding.JSON
                        .readTree(run.resolve("folds/2/metrics.json").toFile())
                        .at("/test/accuracy"))
                .isEqualTo(metrics.at("/folds/1/accuracy"));
        assertThat(ModelSerializer.restoreMultiLayerNetwork(
                                run.resolve("folds/2/model.zip").toFile())
                        .numParams())
                .isEqualTo(42);
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("Confusion over all out-of-fold predictions", "ROC, area", "std over folds");
        assertThat(folding.run("runs").out()).contains("finished    4 folds  loss ");
    }

    @Test
    void resumeRunsOnlyTheFoldsThatAreMissingAndEndsInTheSameMetrics() throws IOException {
        Path whole = Path.of(folding.crossValidate("--set", FOLDS).lastLine());
        Path cut = folding.cut(
                whole,
                "experiment.yaml",
                "provenance.json",
                "folds/1/history.csv",
                "folds/1/predictions.csv",
                "folds/1/metrics.json",
                "folds/4/history.csv",
                "folds/4/predictions.csv",
                "folds/4/metrics.json",
                "folds/3/history.csv",
                "folds/3/predictions.csv");

        Result resumed = folding.run("resume", "cut", "--master", "local[2]");

        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err())
                .contains("160 examples in 4 folds, 2 of them finished before; 2 at a time")
                .contains("fold 2 of 4", "fold 3 of 4")
                .doesNotContain("fold 1 of 4", "fold 4 of 4");
        assertThat(Folding.metrics(cut)).isEqualTo(Folding.metrics(whole));
        assertThat(cut.resolve("predictions.csv")).hasSameTextualContentAs(whole.resolve("predictions.csv"));
        assertThat(cut.resolve("_SUCCESS")).exists();
    }

    @Test
    void anotherExperimentIsTrainedOnTheSameFoldsAndCompared() throws IOException {
        Files.writeString(
                folder.resolve("linear.yaml"),
                Points.EXPERIMENT.replace("    - dense: {units: 8, activation: tanh}\n", ""));

        Result result = folding.crossValidate("--against", "linear.yaml", "--set", "crossValidation.folds=4");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("against linear", "points less linear: ", "points: accuracy", "against linear: accuracy");
        Path run = Path.of(result.lastLine());
        JsonNode comparison =
                Folding.JSON.readTree(run.resolve("comparison.json").toFile());
        assertThat(comparison.get("against").asText()).isEqualTo("linear");
        double difference = 0;
        for (int fold = 1; fold <= 4; fold++) {
            difference += accuracy(run, "folds/" + fold) - accuracy(run, "against/folds/" + fold);
        }
        assertThat(comparison.at("/metrics/accuracy/difference").asDouble()).isCloseTo(difference / 4, within(1e-12));
        assertThat(comparison.at("/metrics/accuracy/p").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void otherDataAreRefusedBeforeAnythingIsTrained() throws IOException {
        String rows = Files.readString(folder.resolve("points.csv"));
        Files.writeString(
                folder.resolve("fewer.csv"), rows.substring(0, rows.lastIndexOf('\n', rows.length() - 2) + 1));
        Files.writeString(folder.resolve("fewer.yaml"), Points.EXPERIMENT.replace("points.csv", "fewer.csv"));

        Result result = folding.crossValidate("--against", "fewer.yaml", "--set", "crossValidation.folds=4");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("Cannot compare two experiments whose data give other folds: 160 and 159 rows");
        assertThat(result.err()).doesNotContain("fold 1 of 4");
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }

    private static double accuracy(Path run, String part) throws IOException {
        return Folding.JSON
                .readTree(run.resolve(part).resolve("metrics.json").toFile())
                .at("/test/accuracy")
                .asDouble();
    }

    @Test
    void gangsTrainOneFoldAfterTheOther() throws IOException {
        Result result = folding.run(
                "cross-validate",
                "points.yaml",
                "--master",
                "local[2]",
                "--set",
                "crossValidation.folds=3",
                "--set",
                "cluster.replicas=2",
                "--set",
                "training.epochs=2");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).contains("160 examples in 3 folds; one after another by 2 replicas");
        assertThat(Folding.metrics(Path.of(result.lastLine())).get("folds")).hasSize(3);
    }

    @Test
    void wrongInputStoresNothing() {
        Result many = folding.crossValidate("--set", "crossValidation.folds=100");
        assertThat(many.status()).isEqualTo(2);
        assertThat(many.problems())
                .singleElement()
                .asString()
                .matches(
                        "Cannot make 100 stratified folds: class 'left' has \\d+ examples"
                                + " \\(expected at least 100; a smaller crossValidation.folds, or crossValidation.stratified: false\\)");
        Result column = folding.crossValidate("--set", "crossValidation.groupBy=patient");
        assertThat(column.status()).isEqualTo(2);
        assertThat(column.problems())
                .singleElement()
                .asString()
                .contains("crossValidation names column 'patient', which it does not have (did you mean ");
        Result nested = folding.crossValidate("--set", "crossValidation.nested=true", "--set", "cluster.replicas=2");
        assertThat(nested.status()).isEqualTo(2);
        assertThat(nested.problems())
                .containsExactly("Cannot cross-validate nested with cluster.replicas: 2"
                        + " (expected 1 or auto: inner folds run side by side)");
        Result sweep = folding.crossValidate(
                "--set",
                "crossValidation.nested=true",
                "--set",
                "sweep={trials: 2, space: {training.batchSizes: {choice: [8, 16]}}}");
        assertThat(sweep.status()).isEqualTo(2);
        assertThat(sweep.problems())
                .singleElement()
                .asString()
                .contains("sweep.space.training.batchSizes: unknown key");
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }

    @Test
    void aFoldThatFailsEndsTheRunWithOneAndAllFoldsAreTold() {
        Result result = folding.crossValidate(
                "--set",
                "crossValidation.folds=3",
                "--set",
                "network.layers[0].dense.activation=relu",
                "--set",
                "training.optimizer.adam.learningRate=1e30");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("Cannot cross-validate: 3 of 3 folds failed; fold 1: Cannot go on training: ");
        assertThat(result.err()).contains("fold 2 failed: ", "the run is not finished; what it had: ");
    }
}
