package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that gives back its input goes through every command: by flat values and by images, with each loss that it may have. */
class AutoencoderCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Shell shell() {
        return new Shell(folder, Map.of());
    }

    /** Digits, which lie in the project, on two replicas for two epochs. */
    private void write(String layers, String loss) throws IOException {
        String text =
                """
                data:
                  directory: %s
                  train: {format: csv, path: digits.csv.gz, target: digit}
                  test: 0.2
                  scale: {divideBy: 16}
                  targetIsInput: true
                network:
                  input: [8, 8, 1]
                  layers: %s
                training:
                  loss: %s
                  optimizer: {adam: {learningRate: 0.005}}
                  metrics: [mse]
                  batchSize: 64
                  epochs: 2
                cluster: {replicas: 2}
                crossValidation: {folds: 3}
                sweep: {search: grid, trials: 2, objective: {minimize: mean.loss}, space: {training.batchSize: {choice: [32, 128]}}}
                """;
        Files.writeString(folder.resolve("ae.yaml"), text.formatted(Digits.DATA.getParent(), layers, loss));
    }

    private Result run(String... args) {
        Result result = shell().run(args);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    @Test
    void anImageIsTrainedEvaluatedAndLookedAt() throws IOException {
        write(
                "[{conv2d: {filters: 4, kernelSize: 3, padding: same, activation: relu}}, {dropout: 0.1}, {conv2d: {filters: 1, kernelSize: 3, padding: same, activation: sigmoid}}]",
                "binaryCrossentropy");
        Path run = Path.of(run("train", "ae.yaml", "--master", "local[2]").lastLine());
        JsonNode metrics = json(run.resolve("metrics.json"));
        assertThat(metrics.at("/test/mse").asDouble()).isBetween(1e-4, 0.14);
        assertThat(metrics.at("/test/loss").asDouble()).isLessThan(0.69);
        assertThat(json(run.resolve("provenance.json")).at("/step").asText()).startsWith("planned");
        JsonNode again = JSON.readTree(
                run("evaluate", run.toString(), "--master", "local[2]").out());
        assertThat(again.at("/test").toString()).isEqualTo(metrics.at("/test").toString());
    }

    @Test
    void flatValuesAreTrainedCrossValidatedSweptAndLookedAt() throws IOException {
        write(
                "[flatten, {dense: {units: 8, activation: tanh, name: code, activityRegularizer: {l1: 0.001}}}, {dense: 64}]",
                "meanSquaredError");
        Path run = Path.of(run("train", "ae.yaml", "--master", "local[2]").lastLine());
        JsonNode metrics = json(run.resolve("metrics.json"));
        double mse = metrics.at("/test/mse").asDouble();
        assertThat(mse).isBetween(1e-3, 0.15);
        assertThat(metrics.at("/test/loss").asDouble()).as("with the penalty").isGreaterThan(mse + 1e-4);

        JsonNode folds = json(
                Path.of(run("cross-validate", "ae.yaml", "--master", "local[2]").lastLine())
                        .resolve("metrics.json"));
        assertThat(folds.at("/mean/mse").asDouble()).isCloseTo(mse, within(0.1));
        JsonNode best =
                json(Path.of(run("sweep", "ae.yaml", "--master", "local[2]").lastLine())
                        .resolve("metrics.json"));
        assertThat(best.at("/best/params").toString()).contains("32");

        Path seen = Path.of(run("inspect", run.toString(), "--units", "4", "--examples", "3", "--master", "local[2]")
                .lastLine());
        assertThat(seen).isEqualTo(run.resolve("inspection/code"));
        isLookedAt(seen);
    }

    private static void isLookedAt(Path seen) throws IOException {
        JsonNode summary = json(seen.resolve("inspection.json"));
        assertThat(summary.at("/units").asInt()).isEqualTo(8);
        assertThat(summary.at("/linearClassifier/codeAccuracy").asDouble()).isBetween(0.3, 1.0);
        assertThat(summary.at("/pca/explainedVariance/0").asDouble()).isBetween(0.1, 0.2);
        assertThat(summary.at("/singularValues").size()).isEqualTo(8);
        assertThat(summary.at("/singularValues/0").asDouble())
                .isGreaterThan(summary.at("/singularValues/7").asDouble());
        List<String> codes = Files.readAllLines(seen.resolve("codes.csv"));
        assertThat(codes.get(0))
                .startsWith("split,class,code1,")
                .endsWith(",code8,pca1,pca2,pca3,pca4,pca5,pca6,pca7,pca8");
        assertThat(codes).hasSize(1 + 1438 + 359).anyMatch(line -> line.startsWith("test,7,"));
        assertThat(Files.readAllLines(seen.resolve("spectrum.csv"))).hasSize(4);
        BufferedImage images = ImageIO.read(seen.resolve("reconstructions.png").toFile());
        assertThat(images.getWidth()).isGreaterThan(images.getHeight());
        assertThat(ImageIO.read(seen.resolve("units.png").toFile())).isNotNull();
    }

    @Test
    void anOutputThatDoesNotFitItsInputIsToldWithBothShapes() throws IOException {
        write("[flatten, {dense: 8}, {dense: 63}]", "meanSquaredError");
        Result result = shell().run("train", "ae.yaml", "--master", "local[2]");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .containsExactly(
                        "Cannot train with meanSquaredError: the network gives values of shape [63] and the target is its input, of shape [8, 8, 1] (expected [8, 8, 1], or [64])");
        assertThat(shell().stored("runs")).isEmpty();
    }

    @Test
    void aPenaltyWhereItHasNoMeaningIsTold() throws IOException {
        write(
                "[flatten, {dense: {units: 8, activation: relu, activityRegularizer: {kl: {weight: 1}}}}, {dense: {units: 64, activityRegularizer: {contractive: 1}}}]",
                "meanSquaredError");
        Result result = shell().run("train", "ae.yaml", "--master", "local[2]");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.problems())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("layer dense_1", ".kl on activation relu", "expected sigmoid"),
                        line -> assertThat(line).contains("layer dense_2", "on the last layer"));
    }

    @Test
    void pretrainingTakesUnlabelledExamplesAndGoesOnWithLabels() throws IOException {
        String text = Files.readString(Checkout.path("conf/experiments/digits.yaml"))
                .replace("../data/digits", Digits.DATA.getParent().toString())
                .replaceAll(
                        "(?s)network:.*?training:",
                        """
                        network:
                          input: [8, 8, 1]
                          layers: [flatten, {dense: {units: 24, activation: sigmoid}}, {dropout: 0.1}, {dense: {units: 16, activation: sigmoid}}, {dense: {units: 10, activation: softmax}}]
                        training:
                          pretraining: {epochs: 2, batchSize: 32}
                        """)
                .replace(
                        "  test: 0.2\n",
                        "  test: 0.9\n  unlabelled: {format: csv, path: digits.csv.gz, target: digit}\n")
                .replace("epochs: 15", "epochs: 2");
        Files.writeString(folder.resolve("pre.yaml"), text);
        Path run = Path.of(run("train", "pre.yaml", "--master", "local[2]").lastLine());
        Path without =
                Path.of(run("train", "pre.yaml", "--master", "local[2]", "--set", "training.pretraining.epochs=1")
                        .lastLine());
        assertThat(json(run.resolve("provenance.json")).at("/sha256/parameters").asText())
                .isNotEqualTo(json(without.resolve("provenance.json"))
                        .at("/sha256/parameters")
                        .asText());
    }
}
