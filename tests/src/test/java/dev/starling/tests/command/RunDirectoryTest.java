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
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a finished run holds: one short training of the digits' convolutional network, on all rows but for validation. */
class RunDirectoryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path run;
    /** When each file's entry in the directory last changed, which a rename does too. */
    private static final Map<String, FileTime> CHANGES = new HashMap<>();

    @BeforeAll
    static void train() throws IOException {
        Digits.writeExperiment(folder);
        Result trained = new Shell(folder, Map.of()).run("train", "digits.yaml", "--master", "local[2]");
        assertThat(trained.status()).as(trained.err()).isZero();
        run = Path.of(trained.lastLine());
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                CHANGES.put(file.getFileName().toString(), (FileTime) Files.getAttribute(file, "unix:ctime"));
            }
        }
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

    @Test
    void successIsWrittenLast() {
        assertThat(CHANGES).hasSize(8);
        assertThat(CHANGES.values()).allMatch(change -> change.compareTo(CHANGES.get("_SUCCESS")) <= 0);
    }

    @Test
    void metricsHaveTheContractsNames() throws IOException {
        JsonNode metrics = json("metrics.json");
        assertThat(metrics.fieldNames())
                .toIterable()
                .contains("train", "test", "timing")
                .doesNotContain("validation");
        assertThat(metrics.get("train").fieldNames())
                .toIterable()
                .containsExactly("loss", "accuracy", "top5", "precision", "recall", "f1", "classes", "confusion");
        assertThat(metrics.at("/test/confusion")).hasSize(10).allSatisfy(row -> assertThat(row)
                .hasSize(10));
        assertThat(metrics.get("timing").fieldNames())
                .toIterable()
                .contains("seconds", "trainingSeconds", "averagingSeconds", "examplesPerSecond");
        assertThat(metrics.get("timing"))
                .allSatisfy(value -> assertThat(value.asDouble()).isPositive());
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
                .contains("formatVersion", "commit", "versions", "threads", "isa", "step", "devices");
    }

    @Test
    void theModelHoldsThePreparationToo() throws IOException {
        try (ZipFile zip = new ZipFile(run.resolve("model.zip").toFile())) {
            byte[] inside =
                    zip.getInputStream(zip.getEntry("preprocessing.json")).readAllBytes();
            assertThat(inside).isEqualTo(Files.readAllBytes(run.resolve("preprocessing.json")));
        }
    }

    @Test
    void stockDl4jRestoresTheModelAndPredictsTheSame() throws IOException {
        MultiLayerNetwork stock = ModelSerializer.restoreMultiLayerNetwork(
                run.resolve("model.zip").toFile(), false);
        Digits.assertPredicts(stock, json("metrics.json").get("train"));
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
