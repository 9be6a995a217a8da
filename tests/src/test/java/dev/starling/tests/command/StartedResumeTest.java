package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.driver.store.StoredModel;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose first weights come from elsewhere, from a stored model or from pre-training, go on after they were killed as others do; and pre-training is a fold's own. */
class StartedResumeTest {
    private static final String EXPERIMENT =
            """
            data:
              directory: %s
              train: {format: csv, path: digits.csv.gz, target: digit}
              validation: 0.2
              scale: {divideBy: 16}
            network: %s
            training:
              loss: categoricalCrossentropy
              optimizer: {adam: {learningRate: 0.003}}
              metrics: [accuracy]
              epochs: 40
              %s
            cluster: {replicas: 2, averaging: {every: 5}, checkpoint: {every: 20 rounds}}
            """;

    private static final String CLASSES = "dense: {units: 10, activation: softmax}";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Path data = Digits.DATA.getParent();
        Digits.writeExperiment(folder);
        Path source = Path.of(done("train", "digits.yaml", "--set", "training.epochs=1"));
        Files.writeString(
                folder.resolve("transfer.yaml"),
                EXPERIMENT.formatted(
                        data,
                        "{from: " + source
                                + ", upTo: flatten_1, freeze: true, layers: [{dense: {units: 16, activation: relu}}, {"
                                + CLASSES + "}]}",
                        ""));
        Files.writeString(
                folder.resolve("pretrained.yaml"),
                EXPERIMENT.formatted(
                        data,
                        "{layers: [{dense: {units: 32, activation: sigmoid}}, {dense: {units: 16, activation: sigmoid}}, {"
                                + CLASSES + "}]}",
                        "pretraining: {epochs: 2, batchSize: 32}"));
    }

    /** The last line of a command that ended well. */
    private static String done(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--master", "local[2]"));
        Result result = new Shell(folder, Map.of()).run(all.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        return result.lastLine();
    }

    private static JsonNode sha256(Path run) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readString(run.resolve("provenance.json")))
                .get("sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transfer", "pretrained"})
    @Timeout(240)
    void aKilledRunIsResumedToTheSameBits(String name) throws IOException {
        Path store = folder.resolve("calm-" + name);
        CompletableFuture<String> training =
                CompletableFuture.supplyAsync(() -> done("train", name + ".yaml", "--runs", store.toString()));
        Path cut = folder.resolve("cut/" + name + "-20260101T000000Z-000001");
        CutRun.take(store, training, cut);
        Path calm = Path.of(training.join());
        assertThat(cut.resolve("_SUCCESS")).doesNotExist();
        assertThat(cut.resolve("checkpoints")).isNotEmptyDirectory();
        done("resume", cut.toString());
        assertThat(sha256(cut)).isEqualTo(sha256(calm)).isNotNull();
    }

    /** By units of one replica: the same each time, and other weights than without. */
    @Test
    void preTrainingIsDoneInsideEachFold() {
        String folds = "crossValidation={folds: 2, keepModels: true}";
        float[][] models = new float[3][];
        int number = 0;
        for (List<String> words : List.of(
                List.of("cluster.replicas=1", "name=one"),
                List.of("cluster.replicas=1", "name=two"),
                List.of("cluster.replicas=1", "training.pretraining.epochs=0"))) {
            List<String> all = new ArrayList<>(List.of("cross-validate", "pretrained.yaml", "--set", folds));
            all.addAll(List.of("--set", "training.epochs=1"));
            words.forEach(word -> all.addAll(List.of("--set", word)));
            Path run = Path.of(done(all.toArray(String[]::new)));
            models[number++] = StoredModel.parameters(run.resolve("folds/1").toString(), new Configuration());
        }
        assertThat(models[1]).isEqualTo(models[0]);
        assertThat(models[2]).isNotEqualTo(models[0]);
    }
}
