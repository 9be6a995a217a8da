package dev.starling.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.training.TrainedModel;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keras's formulas by numbers that a pencil finds: one weight w from 0, one example x = 1, y = 1, the loss (w − 1)², three steps of learning rate 0.1. */
@ExtendWith(LocalSpark.class)
class KerasNumbersTest {
    @TempDir
    private Path folder;

    private TrainedModel train(JavaSparkContext spark, String step, String optimizer, String penalty)
            throws IOException {
        Files.writeString(folder.resolve("one.csv"), "x,y\n1,1\n");
        String text =
                """
                data: {train: {format: csv, path: one.csv, target: y}}
                network:
                  layers: [{dense: {units: 1, useBias: false, kernelInitializer: zeros, kernelRegularizer: %s}}]
                training: {loss: meanSquaredError, optimizer: {sgd: %s}, batchSize: 1, epochs: 3, step: %s}
                """
                        .formatted(penalty, optimizer, step);
        try (Trial trial = Trial.of(spark, text, folder)) {
            return trial.train(1);
        }
    }

    private static double weight(TrainedModel model) {
        assertThat(model.parameters()).hasSize(1);
        return model.parameters()[0];
    }

    /** v ← 0.9 v − 0.2 (w − 1), w ← w + v: v 0.2, 0.34, 0.398; w 0.2, 0.54, 0.938. */
    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void momentumIsClassical(String step, JavaSparkContext spark) throws IOException {
        TrainedModel model = train(spark, step, "{learningRate: 0.1, momentum: 0.9}", "{l2: 0}");
        assertThat(weight(model)).isCloseTo(0.938, within(1e-6));
        assertThat((double) model.optimizerState()[0]).isCloseTo(0.398, within(1e-6));
    }

    /** v as above of the new w, w ← w + 0.9 v − 0.2 (w − 1): v 0.2, 0.304, 0.31808; w 0.38, 0.7776, 1.108352. */
    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void nesterovLooksAhead(String step, JavaSparkContext spark) throws IOException {
        TrainedModel model = train(spark, step, "{learningRate: 0.1, momentum: 0.9, nesterov: true}", "{l2: 0}");
        assertThat(weight(model)).isCloseTo(1.108352, within(1e-6));
    }

    /** l2 0.5 adds 0.5 w² to the loss and w to the gradient: w ← w − 0.1 (3w − 2): 0.2, 0.34, 0.438. The last loss is 0.66² + 0.5 · 0.34² = 0.4934. */
    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void l2IsTheSumOfSquaresWithoutAHalf(String step, JavaSparkContext spark) throws IOException {
        TrainedModel model = train(spark, step, "{learningRate: 0.1}", "{l2: 0.5}");
        assertThat(weight(model)).isCloseTo(0.438, within(1e-6));
        assertThat(model.history().get(2).train().loss()).isCloseTo(0.4934, within(1e-6));
    }

    /** decay 0.5 divides the rate by 1 + 0.5 · steps before: 0.1, 0.1 ÷ 1.5, 0.05; 1 − w is 0.8, 0.8 · 13/15, that · 0.9 = 0.624. */
    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void decayDividesByStepsBefore(String step, JavaSparkContext spark) throws IOException {
        TrainedModel model = train(spark, step, "{learningRate: 0.1, decay: 0.5}", "{l2: 0}");
        assertThat(weight(model)).isCloseTo(1 - 0.624, within(1e-6));
    }
}
