package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A short training of the digits' convolutional network on all 1,797 rows, which are its test source too. */
final class Digits {
    static final Path DATA = Checkout.path("conf/data/digits/digits.csv.gz");
    private static final int CLASSES = 10;
    private static final int PIXELS = 64;

    private Digits() {}

    /** Writes {@code digits.yaml}; {@code data.directory} is the project's own. */
    static void writeExperiment(Path folder) throws IOException {
        String text = Files.readString(Checkout.path("conf/experiments/digits.yaml"))
                .replace("../data/digits", DATA.getParent().toString())
                .replace(
                        "  test: 0.2\n  validation: 0.1\n",
                        "  test: {format: csv, path: digits.csv.gz, target: digit}\n")
                .replace("epochs: 15", "epochs: 2");
        Files.writeString(folder.resolve("digits.yaml"), text);
    }

    /** Gives a model of stock DL4J pixels ÷ 16, read here, and compares with what the run stored of all rows. */
    static void assertPredicts(MultiLayerNetwork stock, JsonNode stored) throws IOException {
        List<String[]> rows = rows();
        float[][] outputs = stock.output(features(rows)).toFloatMatrix();
        double loss = 0;
        int right = 0;
        int[][] confusion = new int[CLASSES][CLASSES];
        for (int i = 0; i < outputs.length; i++) {
            int digit = Integer.parseInt(rows.get(i)[PIXELS]);
            int most = 0;
            for (int j = 1; j < CLASSES; j++) {
                most = outputs[i][j] > outputs[i][most] ? j : most;
            }
            confusion[digit][most]++;
            right += digit == most ? 1 : 0;
            loss -= Math.log(outputs[i][digit]) / outputs.length;
        }
        assertThat(right / (double) outputs.length)
                .isEqualTo(stored.get("accuracy").asDouble());
        assertThat(new ObjectMapper().valueToTree(confusion).toString())
                .isEqualTo(stored.get("confusion").toString());
        assertThat(loss).isCloseTo(stored.get("loss").asDouble(), within(1e-6));
    }

    private static INDArray features(List<String[]> rows) {
        INDArray features = Nd4j.create(rows.size(), 1, 8, 8);
        for (int i = 0; i < rows.size(); i++) {
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                features.putScalar(i, 0, pixel / 8, pixel % 8, Float.parseFloat(rows.get(i)[pixel]) / 16);
            }
        }
        return features;
    }

    /** 64 pixels, then the digit. */
    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(DATA)), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).endsWith("digit");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(line.split(",", -1));
            }
        }
        return rows;
    }
}
