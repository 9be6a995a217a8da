package dev.starling.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.training.TrainedModel;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real Keras (TensorFlow 2.15.1) gave for label_smoothing.py: weights, and both splits' losses over the epochs. */
@ExtendWith(LocalSpark.class)
class KerasLabelSmoothingTest {
    private static final Offset<Float> ROUNDING = Offset.offset(2e-6f);

    @TempDir
    private Path folder;

    private Trial trial(JavaSparkContext spark, String target, String layer, String loss, String step)
            throws IOException {
        Files.writeString(folder.resolve("train.csv"), "x,z,three,two\n1,0,0,0\n0.5,-1,1,1\n-1,2,2,1\n0,1,0,0\n");
        Files.writeString(folder.resolve("validation.csv"), "x,z,three,two\n2,1,1,1\n-0.5,-0.5,2,0\n");
        String text =
                """
                data:
                  train: {format: csv, path: train.csv, target: %s, features: [x, z]}
                  validation: {format: csv, path: validation.csv, target: %s, features: [x, z]}
                network: {layers: [{dense: {%s, kernelInitializer: zeros}}]}
                training: {loss: %s, labelSmoothing: 0.3, optimizer: {sgd: {learningRate: 0.5}}, batchSize: 4, epochs: 3, step: %s}
                """
                        .formatted(target, target, layer, loss, step);
        return Trial.of(spark, text, folder);
    }

    private static void losses(TrainedModel model, double[] train, double[] validation) {
        for (int i = 0; i < train.length; i++) {
            EpochReport epoch = model.history().get(i);
            assertThat(epoch.train().loss()).isCloseTo(train[i], within(1e-6));
            assertThat(epoch.validation().orElseThrow().loss()).isCloseTo(validation[i], within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void categoricalCrossentropyIsSmoothedAsKerasDoes(String step, JavaSparkContext spark) throws IOException {
        try (Trial trial = trial(spark, "three", "units: 3, activation: softmax", "categoricalCrossentropy", step)) {
            TrainedModel model = trial.train(1);

            losses(model, new double[] {1.0986123085021973, 0.9983128309249878, 0.9392852187156677}, new double[] {
                1.1594359874725342, 1.222826600074768, 1.2886948585510254
            });
            float[] kernelThenBias = {
                0.1991657f,
                0.08477919f,
                0.04719998f,
                -0.3364833f,
                -0.2463657f,
                0.2517041f,
                0.1433294f,
                -0.04877827f,
                -0.09455113f
            };
            assertThat(model.parameters()).containsExactly(kernelThenBias, ROUNDING);
            assertThat(trial.evaluate(model, Split.VALIDATION).loss()).isCloseTo(1.2886948585510254, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "planned"})
    void binaryCrossentropyIsSmoothedAsKerasDoes(String step, JavaSparkContext spark) throws IOException {
        try (Trial trial = trial(spark, "two", "units: 1, activation: sigmoid", "binaryCrossentropy", step)) {
            TrainedModel model = trial.train(1);

            losses(model, new double[] {0.6931471824645996, 0.6848366260528564, 0.6775519847869873}, new double[] {
                0.72300124168396, 0.7543048858642578, 0.7868095636367798
            });
            float[] kernelThenBias = {-0.1837841f, -0.01411307f, 0.003194772f};
            assertThat(model.parameters()).containsExactly(kernelThenBias, ROUNDING);
        }
    }
}
