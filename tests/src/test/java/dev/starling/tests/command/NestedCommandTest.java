package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cross-validate} with a sweep inside each fold. */
class NestedCommandTest {
    @TempDir
    private Path folder;

    private Folding folding;

    @BeforeEach
    void write() throws IOException {
        Points.write(folder);
        folding = new Folding(folder);
    }

    /** Inside each fold of 120 training rows 12 compare the points of a grid; what is chosen learns from all 120. */
    @Test
    void aSweepInsideEachFoldChoosesAndResumeGoesOnByTheJournals() throws IOException {
        Files.writeString(
                folder.resolve("nested.yaml"),
                Points.EXPERIMENT.replace("replicas: 2", "replicas: 1")
                        + """
                crossValidation: {folds: 4, nested: true, keepModels: true}
                sweep:
                  search: grid
                  objective: {maximize: validation.accuracy}
                  earlyTermination: {asha: {minEpochs: 2, reduction: 3}}
                  space:
                    network.layers[0].dense.units: {choice: [2, 8]}
                    training.optimizer.adam.learningRate: {choice: [0.001, 0.05]}
                """);
        Result result = folding.run("cross-validate", "nested.yaml", "--master", "local[1]");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("160 examples in 4 folds, nested; 1 at a time", "fold 4 of 4 chooses trial ")
                .contains("fold 4 of 4  train loss ");
        Path whole = Path.of(result.lastLine());
        JsonNode metrics = Folding.metrics(whole);
        assertThat(metrics.get("folds")).hasSize(4);
        assertThat(metrics.get("chosen")).hasSize(4);
        assertThat(metrics.at("/chosen/0/trials").asInt()).isEqualTo(4);
        assertThat(metrics.at("/chosen/0/objective").asText()).isEqualTo("validation.accuracy");
        assertThat(metrics.at("/chosen/0/params/network.layers[0].dense.units").asText())
                .isIn("2", "8");
        JsonNode fold =
                Folding.JSON.readTree(whole.resolve("folds/1/metrics.json").toFile());
        assertThat(support(fold.get("train"))).isEqualTo(120);
        assertThat(support(fold.get("test"))).isEqualTo(40);
        assertThat(fold.has("validation")).isFalse();
        JsonNode trial = Folding.JSON.readTree(
                whole.resolve("folds/1/trials/3/metrics.json").toFile());
        assertThat(support(trial.get("train"))).isEqualTo(108);
        assertThat(support(trial.get("validation"))).isEqualTo(12);
        assertThat(trial.has("test")).isFalse();
        assertThat(Files.readAllLines(whole.resolve("folds/2/trials.csv"))).hasSize(5);
        assertThat(Files.readString(whole.resolve("report.html")))
                .contains("Chosen inside each fold", "validation.accuracy inside");

        Path cut = folding.cut(
                whole,
                "experiment.yaml",
                "provenance.json",
                "folds/1/history.csv",
                "folds/1/predictions.csv",
                "folds/1/metrics.json",
                "folds/1/journal.jsonl",
                "folds/2/journal.jsonl",
                "folds/3/journal.jsonl");
        List<String> lines = Files.readAllLines(cut.resolve("folds/3/journal.jsonl"));
        Files.write(cut.resolve("folds/3/journal.jsonl"), lines.subList(0, 2));

        Result resumed = folding.run("resume", "cut", "--master", "local[1]");

        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.err())
                .contains("fold 2 of 4 chooses", "fold 3 of 4 chooses")
                .doesNotContain("fold 1 of 4");
        assertThat(Folding.metrics(cut)).isEqualTo(Folding.metrics(whole));
        // All trials of fold 2 are told: none ran again.
        assertThat(cut.resolve("folds/2/trials")).doesNotExist();
        assertThat(cut.resolve("folds/4/trials/3")).exists();

        // Each fold has a network of its own.
        Result together = folding.run("evaluate", whole.toString(), "--master", "local[1]");
        assertThat(together.status()).as(together.err()).isZero();
        assertThat(Folding.JSON.readTree(together.out()).at("/test/accuracy").asDouble())
                .isGreaterThan(0.8);
    }

    private static int support(JsonNode split) {
        return split.at("/classes/0/support").asInt()
                + split.at("/classes/1/support").asInt();
    }
}
