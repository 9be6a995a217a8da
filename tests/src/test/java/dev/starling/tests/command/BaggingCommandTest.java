package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cross-validate} on bootstrap samples, and models that it kept as one. */
class BaggingCommandTest {
    @TempDir
    private Path folder;

    private Folding folding;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
        folding = new Folding(folder);
    }

    @Test
    void bootstrapSamplesGiveAnEnsembleWithItsOutOfBagErrorAndResumeTrainsTheModelsThatAreMissing() throws IOException {
        Result result = folding.crossValidate("--set", "crossValidation={bootstrap: 5, keepModels: true}");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("160 examples, 5 models of bootstrap samples; 2 at a time")
                .contains("ensemble of 5, out of bag (", "ensemble of 5, test (40 rows)  loss ");
        Path whole = Path.of(result.lastLine());
        JsonNode ensemble = Folding.metrics(whole).get("ensemble");
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

        Path cut = folding.cut(
                whole,
                "experiment.yaml",
                "provenance.json",
                "folds/2/history.csv",
                "folds/2/predictions.csv",
                "folds/2/test-predictions.csv",
                "folds/2/metrics.json");
        Result resumed = folding.run("resume", "cut", "--master", "local[2]");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err())
                .contains("5 models of bootstrap samples, 1 of them finished before")
                .doesNotContain("model 2 of 5");
        assertThat(Folding.metrics(cut)).isEqualTo(Folding.metrics(whole));
    }

    @Test
    void keptModelsPredictAndAreEvaluatedAsOne() throws IOException {
        Path run = Path.of(folding.crossValidate("--set", "crossValidation={bootstrap: 5, keepModels: true}")
                .lastLine());
        JsonNode stored = Folding.metrics(run).at("/ensemble/test");

        Result evaluated = folding.run("evaluate", run.toString(), "--master", "local[2]");
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        JsonNode splits = Folding.JSON.readTree(evaluated.out());
        assertThat(splits.fieldNames()).toIterable().containsExactly("train", "test");
        for (String metric : List.of("loss", "accuracy", "f1", "auc")) {
            assertThat(splits.at("/test/" + metric).asDouble())
                    .isCloseTo(stored.get(metric).asDouble(), within(1e-7));
        }

        Result predicted =
                folding.run("predict", run.toString(), "points.csv", "--output", "all.csv", "--master", "local[2]");
        assertThat(predicted.status()).as(predicted.err()).isZero();
        assertThat(predicted.err()).contains("200 rows, by 5 models: ");
        List<String> all = Files.readAllLines(folder.resolve("all.csv"));
        assertThat(all).hasSize(201).first().isEqualTo("row,predicted,left,right");
        Map<Integer, Double> means = meansOfMembers(run);
        assertThat(means).hasSize(40);
        means.forEach((row, mean) ->
                assertThat(Double.parseDouble(all.get(row).split(",", -1)[3])).isCloseTo(mean, within(1e-6)));
    }

    /** Probability of the second class of each test row, mean over the models. */
    private static Map<Integer, Double> meansOfMembers(Path run) throws IOException {
        Map<Integer, Double> means = new TreeMap<>();
        for (int member = 1; member <= 5; member++) {
            List<String> lines =
                    new ArrayList<>(Files.readAllLines(run.resolve("folds/" + member + "/test-predictions.csv")));
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                means.merge(Integer.valueOf(cells[0]), Double.parseDouble(cells[6]) / 5, Double::sum);
            }
        }
        return means;
    }

    @Test
    void whatKeptNoModelsOrIsSeveralIsRefused() {
        String none =
                folding.crossValidate("--set", "crossValidation={folds: 2}").lastLine();
        String several = folding.crossValidate("--set", "crossValidation={folds: 2, keepModels: true}")
                .lastLine();

        assertThat(folding.run("evaluate", none).problems())
                .singleElement()
                .asString()
                .contains(
                        "a cross-validation that kept no models (expected one with crossValidation.keepModels: true)");
        assertThat(folding.run("predict", several, "points.csv", "--output", "o.csv", "--layer", "dense")
                        .problems())
                .singleElement()
                .asString()
                .contains("Cannot predict layer dense by 2 models");
        assertThat(folding.run("export-keras", several, "--output", "m.keras").problems())
                .singleElement()
                .asString()
                .contains("as it is a cross-validation (expected a run of train or sweep;");
        assertThat(folder.resolve("o.csv")).doesNotExist();
    }
}
