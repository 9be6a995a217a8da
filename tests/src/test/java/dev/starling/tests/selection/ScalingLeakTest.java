package dev.starling.tests.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.tests.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows scaled before they are divided tell each fold of the rows that it is scored on; rows that each fold scales itself do not. */
@ExtendWith(LocalSpark.class)
class ScalingLeakTest {
    private static final int ROWS = 80;
    private static final String EXPERIMENT =
            """
            data: {train: {format: csv, path: %s, target: label}, scale: %s}
            network: {layers: [{dense: {units: 4, activation: tanh}}, {dense: {units: 2, activation: softmax}}]}
            training: {loss: categoricalCrossentropy, optimizer: {adam: {learningRate: 0.01}}, batchSize: 16, epochs: 5}
            crossValidation: {foldColumn: part}
            """;

    @TempDir
    private Path folder;

    @Test
    void scalingAllRowsAtOnceShowsThePartThatIsScored(JavaSparkContext spark) throws IOException {
        assertThat(firstFold(spark, "none", 1, true)).isNotEqualTo(firstFold(spark, "none", 50, true));
        assertThat(firstFold(spark, "standardize", 1, false)).isEqualTo(firstFold(spark, "standardize", 50, false));
    }

    /**
     * What the fold that is scored on the first part learns.
     *
     * @param wide how widely the rows of the scored part lie
     * @param scaledBefore the planted leak
     */
    private Object firstFold(JavaSparkContext spark, String scale, int wide, boolean scaledBefore) throws IOException {
        String file = scale + wide + ".csv";
        write(file, wide, scaledBefore);
        try (Folded folded = new Folded(spark, EXPERIMENT.formatted(file, scale), folder)) {
            CrossValidationResult result = folded.run();
            return result.folds().get(0).history();
        }
    }

    private void write(String file, int wide, boolean scaled) throws IOException {
        Random random = new Random(3);
        double[] x = new double[ROWS];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < ROWS; i++) {
            x[i] = random.nextGaussian() * (i % 4 == 0 ? wide : 1);
            sum += x[i];
            squares += x[i] * x[i];
        }
        double mean = scaled ? sum / ROWS : 0;
        double deviation = scaled ? Math.sqrt(squares / ROWS - mean * mean) : 1;
        StringBuilder csv = new StringBuilder("x,part,label\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append((x[i] - mean) / deviation).append(',').append(i % 4).append(',');
            csv.append(random.nextBoolean() ? "a" : "b").append('\n');
        }
        Files.writeString(folder.resolve(file), csv.toString());
    }
}
