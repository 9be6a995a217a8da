package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a finished run holds: one short training of the digits' convolutional network, on all rows but for validation. */
class RunDirectoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws IOException {
        String text = Files.readString(Checkout.path("conf/experiments/digits.yaml"))
                .replace("../data/digits", Checkout.path("conf/data/digits").toString())
                .replace("  test: 0.2\n  validation: 0.1\n", "  test: {format: csv, path: digits.csv.gz, target: digit}\n")
                .replace("epochs: 15", "epochs: 2");
        Files.writeString(folder.resolve("digits.yaml"), text);
        Result trained = new Shell(folder, Map.of()).run("train", "digits.yaml", "--master", "local[2]");
        assertThat(trained.status()).as(trained.err()).isZero();
        run = Path.of(trained.lastLine());
    }

    private static JsonNode json(String file) throws IOException {
        return JSON.readTree(Files.readString(run.resolve(file)));
    }

    @Test
    void itIsNamedByExperimentTimeAndId() {
        assertThat(run.getFileName().toString()).matches("digits-\\d{8}T\\d{6}Z-[0-9a-f]{6}");
    }

    @Test
    void itHoldsAllThatTheContractNamesAndNothingElse() throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "experiment.yaml",
                            "provenance.json",
                            "history.csv",
                            "metrics.json",
                            "model.zip",
                            "preprocessing.json",
                            "report.html",
                            "_SUCCESS");
        }
    }

    /** By the time of the last change of the directory's entry, which a rename sets too. */
    @Test
    void successIsWrittenLast() throws IOException {
        FileTime success = (FileTime) Files.getAttribute(run.resolve("_SUCCESS"), "unix:ctime");
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                assertThat((FileTime) Files.getAttribute(file, "unix:ctime"))
                        .as(file.toString())
                        .isLessThanOrEqualTo(success);
            }
        }
    }

    @Test
    void metricsHaveTheContractsNames() throws IOException {
        JsonNode metrics = json("metrics.json");
        assertThat(metrics.fieldNames()).toIterable().contains("train", "test", "timing").doesNotContain("validation");
        assertThat(metrics.get("train").fieldNames())
                .toIterable()
                .containsExactly(
                        "loss", "accuracy", "top5", "precision", "recall", "f1", "classes", "confusion");
        assertThat(metrics.at("/test/confusion")).hasSize(10).allSatisfy(row -> assertThat(row)
                .hasSize(10));
        assertThat(metrics.get("timing").fieldNames())
                .toIterable()
                .contains("seconds", "trainingSeconds", "averagingSeconds", "examplesPerSecond");
        assertThat(metrics.get("timing")).allSatisfy(value -> assertThat(value.asDouble())
                .isPositive());
    }

    /** The test source is the training source again, so all values are the same. */
    @Test
    void splitsOfTheSameRowsHaveTheSameMetrics() throws IOException {
        JsonNode metrics = json("metrics.json");
        assertThat(metrics.at("/test/accuracy")).isEqualTo(metrics.at("/train/accuracy"));
        assertThat(metrics.at("/test/confusion")).isEqualTo(metrics.at("/train/confusion"));
        assertThat(metrics.at("/test/loss").asDouble())
                .isCloseTo(metrics.at("/train/loss").asDouble(), within(1e-9));
    }

    @Test
    void historyHasALinePerEpochSplitAndMetric() throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("history.csv"));
        assertThat(lines.get(0)).isEqualTo("epoch,split,metric,value");
        assertThat(lines.stream().skip(1).map(line -> line.substring(0, line.lastIndexOf(','))))
                .containsExactly("1,train,loss", "1,train,accuracy", "2,train,loss", "2,train,accuracy");
    }

    @Test
    void provenanceTellsWhereTheModelCameFrom() throws IOException {
        JsonNode provenance = json("provenance.json");
        assertThat(provenance.get("seed").asLong()).isEqualTo(42);
        assertThat(provenance.at("/data/fingerprint").asText()).matches("[0-9a-f]{64}");
        assertThat(provenance.at("/data/rows/train").asInt()).isEqualTo(1797);
        assertThat(provenance.at("/cluster/replicas").asInt()).isEqualTo(2);
        assertThat(provenance.at("/cluster/slots").asInt()).isEqualTo(2);
        assertThat(provenance.at("/sha256/parameters").asText()).matches("[0-9a-f]{64}");
        assertThat(provenance.at("/sha256/optimizerState").asText()).matches("[0-9a-f]{64}");
        assertThat(provenance.fieldNames())
                .toIterable()
                .contains("formatVersion", "commit", "versions", "threads", "isa", "step");
    }

    @Test
    void theModelHoldsThePreparationToo() throws IOException {
        try (ZipFile zip = new ZipFile(run.resolve("model.zip").toFile())) {
            byte[] inside = zip.getInputStream(zip.getEntry("preprocessing.json")).readAllBytes();
            assertThat(inside).isEqualTo(Files.readAllBytes(run.resolve("preprocessing.json")));
        }
    }

    /** Stock DL4J, given pixels ÷ 16 that this test reads itself, finds the stored loss and accuracy. */
    @Test
    void stockDl4jRestoresTheModelAndPredictsTheSame() throws IOException {
        MultiLayerNetwork stock =
                ModelSerializer.restoreMultiLayerNetwork(run.resolve("model.zip").toFile(), false);
        List<String[]> rows = digits();
        INDArray features = Nd4j.create(rows.size(), 1, 8, 8);
        for (int i = 0; i < rows.size(); i++) {
            for (int pixel = 0; pixel < 64; pixel++) {
                features.putScalar(i, 0, pixel / 8, pixel % 8, Float.parseFloat(rows.get(i)[pixel]) / 16);
            }
        }
        float[][] outputs = stock.output(features).toFloatMatrix();
        double loss = 0;
        int right = 0;
        int[][] confusion = new int[10][10];
        for (int i = 0; i < outputs.length; i++) {
            int digit = Integer.parseInt(rows.get(i)[64]);
            int most = 0;
            for (int j = 1; j < 10; j++) {
                most = outputs[i][j] > outputs[i][most] ? j : most;
            }
            confusion[digit][most]++;
            right += digit == most ? 1 : 0;
            loss -= Math.log(outputs[i][digit]) / outputs.length;
        }
        JsonNode stored = json("metrics.json").get("train");
        assertThat(right / (double) outputs.length)
                .isEqualTo(stored.get("accuracy").asDouble());
        assertThat(JSON.valueToTree(confusion).toString()).isEqualTo(stored.get("confusion").toString());
        assertThat(loss).isCloseTo(stored.get("loss").asDouble(), within(1e-6));
    }

    /** 64 pixels, then the digit. */
    private static List<String[]> digits() throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Checkout.path("conf/data/digits/digits.csv.gz"))),
                StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).endsWith("digit");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(line.split(","));
            }
        }
        return rows;
    }

    @Test
    void theReportIsOneFileAndShowsTheMetrics() throws IOException {
        String html = Files.readString(run.resolve("report.html"));
        assertThat(html)
                .doesNotContainPattern("(?i)(src|href)\\s*=\\s*[\"']?(https?:)?//")
                .doesNotContainPattern("(?i)url\\(|@import|<link|<iframe|<script[^>]+src");
        double accuracy = json("metrics.json").at("/test/accuracy").asDouble();
        assertThat(html)
                .contains(run.getFileName().toString(), "<svg", "confusion")
                .contains(String.format(Locale.ROOT, "%.4f", accuracy))
                .contains(json("provenance.json").at("/data/fingerprint").asText());
    }

    @Test
    void reportMakesTheSamePageAgain() throws IOException {
        String before = Files.readString(run.resolve("report.html"));
        Files.delete(run.resolve("report.html"));
        Result made = new Shell(folder, Map.of()).run("report", run.toString());
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(run.resolve("report.html")).hasContent(before);
    }
}
