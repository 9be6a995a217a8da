package dev.starling.tests.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.keras.KerasExport;
import dev.starling.driver.keras.KerasFile;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.jobs.keras.KerasImport;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network goes to Keras's files and comes back with its loss, label smoothing, penalties and wiring. */
class KerasWordsTest {
    private static final String HIDDEN = "dense: {name: a, units: 4, activation: tanh}";

    private static NetworkSpec network(String layers, String training) {
        String text = "network: {input: [3], layers: [{%s}]%s}\ntraining: {%s}"
                .formatted(layers, layers.contains("inputs:") ? ", outputs: [b, c]" : "", training);
        var experiment = ExperimentParser.stored(new ExperimentText("x", text, "/", List.of(), Map.of()));
        return experiment.network(experiment.input().orElseThrow());
    }

    private static KerasExport export(NetworkSpec network) {
        return new KerasExport("x", network, new float[NetworkLayout.of(network).total()]);
    }

    private static KerasImport back(byte[] file) {
        return KerasImport.of(KerasFile.open(file, "x", Optional.empty(), ""), "x", "x");
    }

    private static void assertComesBack(NetworkSpec network) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        export(network).archive(archive);
        for (byte[] file : List.of(archive.toByteArray(), export(network).whole())) {
            KerasImport back = back(file);
            assertThat(back.network()).isEqualTo(network);
            assertThat(back.notes()).isEmpty();
        }
        assertThat(export(network).leftOut()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "categoricalCrossentropy, softmax, 0.1",
        "binaryCrossentropy, sigmoid, 0.2",
        "meanSquaredError, linear, 0",
        "meanAbsoluteError, linear, 0",
        "meanSquaredLogarithmicError, relu, 0",
        "meanAbsolutePercentageError, linear, 0",
        "huber, linear, 0",
        "logCosh, sigmoid, 0",
        "hinge, tanh, 0",
        "squaredHinge, tanh, 0",
        "poisson, softplus, 0",
        "klDivergence, softmax, 0",
    })
    void everyLossThatBothKnow(String loss, String activation, double smoothing) throws IOException {
        String last = "dense: {name: b, units: 2, activation: " + activation + "}";
        assertComesBack(network(HIDDEN + "}, {" + last, "loss: " + loss + ", labelSmoothing: " + smoothing));
    }

    @Test
    void penaltiesOfWeightsAndOfActivations() throws IOException {
        String hidden =
                "dense: {name: a, units: 4, activation: tanh, kernelRegularizer: {l2: 0.1}, activityRegularizer: {l1: 0.2, l2: 0.3}}";
        assertComesBack(network(hidden + "}, {dense: {name: b, units: 2}", "loss: meanSquaredError"));
    }

    @Test
    void lossesOfEachOutput() throws IOException {
        assertComesBack(network(
                HIDDEN
                        + "}, {dense: {name: b, units: 2}}, {dense: {name: c, units: 3, inputs: [a], activation: softplus}",
                "loss: [huber, poisson]"));
    }

    @Test
    void aLossThatAnotherStandsForIsTold() {
        assertThat(KerasFixture.load("keras3/outputs.keras").notes())
                .singleElement()
                .asString()
                .contains("share one target");
    }

    @Test
    void whatKerasLacksIsTold() {
        NetworkSpec sparse = network(
                "dense: {name: a, units: 4, activation: sigmoid, activityRegularizer: {kl: {weight: 0.1}}}}, {dense: {name: b, units: 2}",
                "loss: meanSquaredError");
        assertThat(export(sparse).leftOut())
                .singleElement()
                .asString()
                .contains("layer a (dense)")
                .contains(".kl");
        NetworkSpec others = network(
                "dense: {name: b, units: 3, activation: softmax}",
                "loss: categoricalCrossentropy, labelSmoothing: {others: 0.1}");
        assertThat(export(others).leftOut()).singleElement().asString().contains("categoricalCrossentropy");
    }
}
