package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.store.StoredModel;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code network.from}: a network that begins with a stored one's layers, through all commands. The stored one knows the digits; what is learned from it are the digits again. */
class TransferCommandTest {
    /** Of two convolutions and a normalisation: 16·9 + 16, 32·16·9 + 32, 4·32. */
    private static final int FROZEN = 160 + 4_640 + 128;

    private static final String TRANSFER =
            """
            data:
              directory: %s
              train: {format: csv, path: digits.csv.gz, target: digit}
              validation: 0.2
            network:
              from: digits.yaml
              upTo: flatten_1
              freeze: true
              layers:
                - dense: {units: 16, activation: relu}
                - batchNormalization: {momentum: 0.9}
                - dense: {units: 10, activation: softmax}
            training: {loss: categoricalCrossentropy, optimizer: {adam: {learningRate: 0.01}}, metrics: [accuracy], epochs: 2}
            cluster: {replicas: 2, averaging: {every: 5}}
            """;

    @TempDir
    private static Path folder;

    private static Path source;

    private static Result run(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    private static Path path(Result result) {
        assertThat(result.status()).as(result.err()).isZero();
        return Path.of(result.lastLine());
    }

    @BeforeAll
    static void trainTheSource() throws IOException {
        Digits.writeExperiment(folder);
        String normalised = Files.readString(folder.resolve("digits.yaml"))
                .replace("    - maxPooling2d: 2", "    - batchNormalization\n    - maxPooling2d: 2")
                .replace("epochs: 2", "epochs: 1");
        Files.writeString(folder.resolve("digits.yaml"), normalised);
        Files.writeString(folder.resolve("transfer.yaml"), TRANSFER.formatted(Digits.DATA.getParent()));
        source = path(run("train", "digits.yaml", "--master", "local[2]"));
    }

    private static float[] parameters(Path run) {
        return StoredModel.parameters(run.toString(), new Configuration());
    }

    private static JsonNode metrics(Path run) throws IOException {
        return new ObjectMapper().readTree(Files.readString(run.resolve("metrics.json")));
    }

    private static float[] front(float[] all) {
        return Arrays.copyOf(all, FROZEN);
    }

    /** The second: averaging beside the next round, in half precision, from elsewhere than the mean. */
    @Test
    void frozenLayersStayToTheBitWhateverTheGangAveragesAndTheOthersLearn() throws IOException {
        for (List<String> more : List.of(
                List.<String>of(),
                List.of(
                        "--set",
                        "cluster.overlap=true",
                        "--set",
                        "cluster.compression=fp16",
                        "--set",
                        "cluster.averaging={slowMo: {every: 5}}"))) {
            String[] args = Stream.concat(Stream.of("train", "transfer.yaml", "--master", "local[2]"), more.stream())
                    .toArray(String[]::new);
            Path run = path(run(args));
            assertThat(front(parameters(run))).isEqualTo(front(parameters(source)));
            assertThat(metrics(run).at("/validation/accuracy").asDouble()).isGreaterThan(0.3);
        }
    }

    @Test
    void theRunIsReadAndMeasuredAlsoWhenItsOriginIsGone() throws IOException {
        Path run = path(run("train", "transfer.yaml", "--master", "local[2]", "--set", "training.epochs=1"));
        Path away = source.resolveSibling("away");
        Files.move(source, away);
        try {
            Result evaluated = run("evaluate", run.toString(), "--master", "local[2]");
            assertThat(evaluated.status()).as(evaluated.err()).isZero();
            assertThat(new ObjectMapper().readTree(evaluated.out()).at("/validation/loss"))
                    .isEqualTo(metrics(run).at("/validation/loss"));
            assertThat(run("summary", run.toString()).out())
                    .contains("conv2d_1 (conv2d)")
                    .contains("batch_normalization_2 (batchNormalization)")
                    .contains("Total params: 13,370\n")
                    .contains("Non-trainable params: 4,960\n");
        } finally {
            Files.move(away, source);
        }
    }

    /** Without upTo the output layer is taken, too, and with it the classes and the scaler; nothing is frozen, all is learned on. */
    @Test
    void aStoredModelGoesOnLearningByItsOwnPreparation() throws IOException {
        String refresh = TRANSFER.formatted(Digits.DATA.getParent());
        int from = refresh.indexOf("  upTo");
        Files.writeString(
                folder.resolve("refresh.yaml"),
                refresh.substring(0, from) + refresh.substring(refresh.indexOf("training")));
        Path run = path(run("train", "refresh.yaml", "--master", "local[2]", "--set", "training.epochs=1"));
        assertThat(run.resolve("preprocessing.json")).hasSameTextualContentAs(source.resolve("preprocessing.json"));
        assertThat(front(parameters(run))).isNotEqualTo(front(parameters(source)));
        assertThat(metrics(run).at("/train/loss").asDouble())
                .isLessThan(metrics(source).at("/train/loss").asDouble());
    }

    @Test
    void itIsCrossValidatedAndSwept() throws IOException {
        Path folds = path(run(
                "cross-validate",
                "transfer.yaml",
                "--master",
                "local[2]",
                "--set",
                "crossValidation={folds: 2, keepModels: true}",
                "--set",
                "training.epochs=1"));
        assertThat(front(parameters(folds.resolve("folds/1")))).isEqualTo(front(parameters(source)));
        assertThat(metrics(folds).at("/mean/accuracy").asDouble()).isGreaterThan(0.3);
        Path sweep = path(run(
                "sweep",
                "transfer.yaml",
                "--master",
                "local[2]",
                "--set",
                "training.epochs=1",
                "--set",
                "data.test=0.2",
                "--set",
                "sweep={search: grid, space: {\"network.layers[0].dense.units\": {choice: [8, 24]}}}"));
        assertThat(front(parameters(sweep))).isEqualTo(front(parameters(source)));
        assertThat(run("summary", sweep.toString()).out()).contains("conv2d_2 (conv2d)");
    }

    @Test
    void whatDoesNotFitTheStoredModelIsToldWithItsLine() {
        Result wrong = run(
                "train",
                "transfer.yaml",
                "--set",
                "network.upTo=features",
                "--set",
                "network.input=[64]",
                "--set",
                "data.scale=standardize");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("network.upTo: features (expected a layer of ")
                .contains("conv2d_1, conv2d_2, batch_normalization_1")
                .contains("network.input: [64] (expected [8, 8, 1], as the model that it begins from)")
                .contains("data.scale: standardize (expected {divideBy: 16.0}, as the model that it begins from)");
        Result none = run("train", "transfer.yaml", "--runs", "elsewhere");
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err())
                .contains("network.from: Cannot begin from digits.yaml: no finished run of digits in " + folder)
                .contains("(expected one: train digits.yaml first, or say --runs)");
        assertThat(StoreFiles.at(folder.resolve("elsewhere").toUri(), new Configuration())
                        .exists())
                .isFalse();
    }
}
