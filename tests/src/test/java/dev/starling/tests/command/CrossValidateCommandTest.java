package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cross-validate} and its {@code resume} from arguments to what they store, in this JVM. */
class CrossValidateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDS = "crossValidation={folds: 4, keepModels: true}";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
    }

    private Result run(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    private Result crossValidate(String... more) {
        String[] args = new String[more.length + 6];
        String[] first = {"cross-validate", "points.yaml", "--master", "local[2]", "--set", "cluster.replicas=1"};
        System.arraycopy(first, 0, args, 0, 6);
        System.arraycopy(more, 0, args, 6, more.length);
        return run(args);
    }

    private static JsonNode metrics(Path run) throws IOException {
        return ((ObjectNode) JSON.readTree(run.resolve("metrics.json").toFile())).without("timing");
    }

    @Test
    void aRunHoldsEveryFoldItsPredictionsAndWhatTheyComeTo() throws IOException {
        Result result = crossValidate("--set", FOLDS);

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("160 examples in 4 folds; 2 at a time")
                .contains("fold 3 of 4  train loss ")
                .contains("accuracy    mean 0.");
        Path run = Path.of(result.lastLine());
        assertThat(run.resolve("_SUCCESS")).exists();
        JsonNode metrics = metrics(run);
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
        assertThat(JSON.readTree(run.resolve("folds/2/metrics.json").toFile()).at("/test/accuracy"))
                .isEqualTo(metrics.at("/folds/1/accuracy"));
        assertThat(ModelSerializer.restoreMultiLayerNetwork(
                                run.resolve("folds/2/model.zip").toFile())
                        .numParams())
                .isEqualTo(42);
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("Confusion over all out-of-fold predictions", "ROC, area", "std over folds");
        assertThat(run("runs").out()).contains("finished    4 folds  loss ");
    }

    @Test
    void resumeRunsOnlyTheFoldsThatAreMissingAndEndsInTheSameMetrics() throws IOException {
        Path whole = Path.of(crossValidate("--set", FOLDS).lastLine());
        Path cut = folder.resolve("runs/cut-20260101T000000Z-abcdef");
        for (String file : List.of(
                "experiment.yaml",
                "provenance.json",
                "folds/1/history.csv",
                "folds/1/predictions.csv",
                "folds/1/metrics.json",
                "folds/4/history.csv",
                "folds/4/predictions.csv",
                "folds/4/metrics.json",
                "folds/3/history.csv",
                "folds/3/predictions.csv")) {
            Files.createDirectories(cut.resolve(file).getParent());
            Files.copy(whole.resolve(file), cut.resolve(file));
        }

        Result resumed = run("resume", "cut", "--master", "local[2]");

        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err())
                .contains("160 examples in 4 folds, 2 of them finished before; 2 at a time")
                .contains("fold 2 of 4", "fold 3 of 4")
                .doesNotContain("fold 1 of 4", "fold 4 of 4");
        assertThat(metrics(cut)).isEqualTo(metrics(whole));
        assertThat(cut.resolve("predictions.csv")).hasSameTextualContentAs(whole.resolve("predictions.csv"));
        assertThat(cut.resolve("_SUCCESS")).exists();
    }

    @Test
    void anotherExperimentIsTrainedOnTheSameFoldsAndCompared() throws IOException {
        Files.writeString(
                folder.resolve("linear.yaml"),
                Points.EXPERIMENT.replace("    - dense: {units: 8, activation: tanh}\n", ""));

        Result result = crossValidate("--against", "linear.yaml", "--set", "crossValidation.folds=4");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("against linear", "points less linear: ", "points: accuracy", "against linear: accuracy");
        Path run = Path.of(result.lastLine());
        JsonNode comparison = JSON.readTree(run.resolve("comparison.json").toFile());
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

        Result result = crossValidate("--against", "fewer.yaml", "--set", "crossValidation.folds=4");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("Cannot compare two experiments whose data give other folds: 160 and 159 rows");
        assertThat(result.err()).doesNotContain("fold 1 of 4");
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }

    private static double accuracy(Path run, String part) throws IOException {
        return JSON.readTree(run.resolve(part).resolve("metrics.json").toFile())
                .at("/test/accuracy")
                .asDouble();
    }

    @Test
    void gangsTrainOneFoldAfterTheOther() throws IOException {
        Result result = run(
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
        assertThat(metrics(Path.of(result.lastLine())).get("folds")).hasSize(3);
    }

    /** Inside each fold of 120 training rows 12 compare the points of a grid; what is chosen learns from all 120. */
    @Test
    void aSweepInsideEachFoldChoosesAndResumeGoesOnByTheJournals() throws IOException {
        Files.writeString(
                folder.resolve("nested.yaml"),
                Points.EXPERIMENT.replace("replicas: 2", "replicas: 1")
                        + """
                crossValidation: {folds: 4, nested: true}
                sweep:
                  search: grid
                  objective: {maximize: validation.accuracy}
                  earlyTermination: {asha: {minEpochs: 2, reduction: 3}}
                  space:
                    network.layers[0].dense.units: {choice: [2, 8]}
                    training.optimizer.adam.learningRate: {choice: [0.001, 0.05]}
                """);
        Result result = run("cross-validate", "nested.yaml", "--master", "local[1]");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("160 examples in 4 folds, nested; 1 at a time", "fold 4 of 4 chooses trial ")
                .contains("fold 4 of 4  train loss ");
        Path whole = Path.of(result.lastLine());
        JsonNode metrics = metrics(whole);
        assertThat(metrics.get("folds")).hasSize(4);
        assertThat(metrics.get("chosen")).hasSize(4);
        assertThat(metrics.at("/chosen/0/trials").asInt()).isEqualTo(4);
        assertThat(metrics.at("/chosen/0/objective").asText()).isEqualTo("validation.accuracy");
        assertThat(metrics.at("/chosen/0/params/network.layers[0].dense.units").asText())
                .isIn("2", "8");
        JsonNode fold = JSON.readTree(whole.resolve("folds/1/metrics.json").toFile());
        assertThat(support(fold.get("train"))).isEqualTo(120);
        assertThat(support(fold.get("test"))).isEqualTo(40);
        assertThat(fold.has("validation")).isFalse();
        JsonNode trial =
                JSON.readTree(whole.resolve("folds/1/trials/3/metrics.json").toFile());
        assertThat(support(trial.get("train"))).isEqualTo(108);
        assertThat(support(trial.get("validation"))).isEqualTo(12);
        assertThat(trial.has("test")).isFalse();
        assertThat(Files.readAllLines(whole.resolve("folds/2/trials.csv"))).hasSize(5);
        assertThat(Files.readString(whole.resolve("report.html")))
                .contains("Chosen inside each fold", "validation.accuracy inside");

        Path cut = folder.resolve("runs/cut-20260101T000000Z-abcdef");
        for (String file : List.of(
                "experiment.yaml",
                "provenance.json",
                "folds/1/history.csv",
                "folds/1/predictions.csv",
                "folds/1/metrics.json",
                "folds/1/journal.jsonl",
                "folds/2/journal.jsonl",
                "folds/3/journal.jsonl")) {
            Files.createDirectories(cut.resolve(file).getParent());
            Files.copy(whole.resolve(file), cut.resolve(file));
        }
        List<String> lines = Files.readAllLines(cut.resolve("folds/3/journal.jsonl"));
        Files.write(cut.resolve("folds/3/journal.jsonl"), lines.subList(0, 2));

        Result resumed = run("resume", "cut", "--master", "local[1]");

        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err())
                .contains("fold 2 of 4 chooses", "fold 3 of 4 chooses")
                .doesNotContain("fold 1 of 4");
        assertThat(metrics(cut)).isEqualTo(metrics(whole));
        // All trials of fold 2 are told: none ran again.
        assertThat(cut.resolve("folds/2/trials")).doesNotExist();
        assertThat(cut.resolve("folds/4/trials/3")).exists();
    }

    @Test
    void bootstrapSamplesGiveAnEnsembleWithItsOutOfBagErrorAndResumeTrainsTheModelsThatAreMissing() throws IOException {
        Result result = crossValidate("--set", "crossValidation={bootstrap: 5, keepModels: true}");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("160 examples, 5 models of bootstrap samples; 2 at a time")
                .contains("ensemble of 5, out of bag (", "ensemble of 5, test (40 rows)  loss ");
        Path whole = Path.of(result.lastLine());
        JsonNode ensemble = metrics(whole).get("ensemble");
        assertThat(ensemble.get("models").asInt()).isEqualTo(5);
        assertThat(ensemble.at("/test/rows").asInt()).isEqualTo(40);
        assertThat(ensemble.at("/test/accuracy").asDouble()).isGreaterThan(0.8);
        assertThat(ensemble.at("/test/error").asDouble())
                .isCloseTo(
                        ensemble.at("/test/bias2").asDouble()
                                + ensemble.at("/test/variance").asDouble(),
                        within(1e-9));
        int outOfBag = ensemble.at("/outOfBag/rows").asInt();
        assertThat(outOfBag).isBetween(120, 160);
        List<String> predictions = Files.readAllLines(whole.resolve("predictions.csv"));
        assertThat(predictions).hasSize(outOfBag + 1).first().isEqualTo("row,models,target,predicted,left,right");
        assertThat(Files.readAllLines(whole.resolve("folds/3/test-predictions.csv")))
                .hasSize(41)
                .first()
                .isEqualTo("row,repeat,fold,target,predicted,left,right");
        assertThat(whole.resolve("folds/5/model.zip")).exists();
        assertThat(Files.readString(whole.resolve("report.html")))
                .contains("Ensemble of 5 models of bootstrap samples", "bias²", "Confusion over all out-of-bag means");

        Path cut = folder.resolve("runs/cut-20260101T000000Z-abcdef");
        for (String file : List.of("experiment.yaml", "provenance.json")) {
            Files.createDirectories(cut);
            Files.copy(whole.resolve(file), cut.resolve(file));
        }
        for (String file : List.of("history.csv", "predictions.csv", "test-predictions.csv", "metrics.json")) {
            Files.createDirectories(cut.resolve("folds/2"));
            Files.copy(
                    whole.resolve("folds/2").resolve(file),
                    cut.resolve("folds/2").resolve(file));
        }
        Result resumed = run("resume", "cut", "--master", "local[2]");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err())
                .contains("5 models of bootstrap samples, 1 of them finished before")
                .doesNotContain("model 2 of 5");
        assertThat(metrics(cut)).isEqualTo(metrics(whole));
    }

    private static int support(JsonNode split) {
        return split.at("/classes/0/support").asInt()
                + split.at("/classes/1/support").asInt();
    }

    @Test
    void wrongInputStoresNothing() {
        Result many = crossValidate("--set", "crossValidation.folds=100");
        assertThat(many.status()).isEqualTo(2);
        assertThat(many.problems())
                .singleElement()
                .asString()
                .matches(
                        "Cannot make 100 stratified folds: class 'left' has \\d+ examples"
                                + " \\(expected at least 100; a smaller crossValidation.folds, or crossValidation.stratified: false\\)");
        Result column = crossValidate("--set", "crossValidation.groupBy=patient");
        assertThat(column.status()).isEqualTo(2);
        assertThat(column.problems())
                .singleElement()
                .asString()
                .contains("crossValidation names column 'patient', which it does not have (did you mean ");
        Result nested = crossValidate("--set", "crossValidation.nested=true", "--set", "cluster.replicas=2");
        assertThat(nested.status()).isEqualTo(2);
        assertThat(nested.problems())
                .containsExactly("Cannot cross-validate nested with cluster.replicas: 2"
                        + " (expected 1 or auto: inner folds run side by side)");
        Result sweep = crossValidate(
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
        Result result = crossValidate(
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
