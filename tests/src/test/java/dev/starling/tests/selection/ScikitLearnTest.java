package dev.starling.tests.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.tests.Checkout;
import dev.starling.tests.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Logistic regression on irises, trained to convergence on the same folds, predicts what scikit-learn's does. Reference values by {@code scikit_learn.py} beside this test, scikit-learn 1.9.1. */
@ExtendWith(LocalSpark.class)
class ScikitLearnTest {
    private static final double[] LOG_LOSS = {0.173015541, 0.304585873, 0.188714824, 0.225997074, 0.211465522};
    private static final String PREDICTED = "00000000000000000000000000000000000000000000000000"
            + "11111111111111111111211111121111121111111111111111"
            + "22222212222222222221222222222222211222222222222222";

    /** As C = 1 ÷ (2 · 0.01 · 120) of scikit-learn, whose intercepts are free of the penalty, too; all 120 rows of a fold are one batch. */
    private static final String EXPERIMENT =
            """
            data: {train: {format: csv, path: iris.csv, target: species}, scale: standardize}
            network: {layers: [{dense: {units: 3, activation: softmax, kernelRegularizer: {l2: 0.01}}}]}
            training:
              loss: categoricalCrossentropy
              optimizer: {sgd: {learningRate: 0.5, momentum: 0.9}}
              batchSize: 120
              epochs: 1500
              metrics: [accuracy]
            crossValidation: {foldColumn: part}
            """;

    @TempDir
    private Path folder;

    @Test
    void foldsPredictAndLoseAsScikitLearnDoes(JavaSparkContext spark) throws IOException {
        write();
        try (Folded folded = new Folded(spark, EXPERIMENT, folder)) {
            CrossValidationResult result = folded.run();

            char[] predicted = new char[PREDICTED.length()];
            for (int fold = 0; fold < LOG_LOSS.length; fold++) {
                int[] rows = folded.plan().folds().get(fold).scored();
                Predictions predictions = result.folds().get(fold).predictions();
                double loss = 0;
                for (int i = 0; i < rows.length; i++) {
                    assertThat(rows[i] % 5).isEqualTo(fold);
                    predicted[rows[i]] = (char) ('0' + largest(predictions.outputs(), 3 * i));
                    loss -= Math.log(predictions
                                    .outputs()[3 * i + (int) predictions.targets()[i]])
                            / rows.length;
                }
                assertThat(loss).as("log-loss of fold %d", fold + 1).isCloseTo(LOG_LOSS[fold], within(1e-4));
            }
            assertThat(new String(predicted)).isEqualTo(PREDICTED);
            assertThat(result.mean("accuracy")).isCloseTo(143 / 150.0, within(1e-12));
        }
    }

    private void write() throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> iris = Files.readAllLines(Checkout.path("conf/data/iris/iris.csv"));
        lines.add(iris.get(0) + ",part");
        for (int row = 1; row < iris.size(); row++) {
            lines.add(iris.get(row) + "," + (row - 1) % 5);
        }
        Files.write(folder.resolve("iris.csv"), lines);
    }

    private static int largest(float[] values, int at) {
        int best = 0;
        for (int i = 1; i < 3; i++) {
            best = values[at + i] > values[at + best] ? i : best;
        }
        return best;
    }
}
