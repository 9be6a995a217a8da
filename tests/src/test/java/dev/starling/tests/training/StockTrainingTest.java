package dev.starling.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.training.TrainedModel;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.RowChunk;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.step.OneDnnHelpers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * One replica is plain DL4J on one machine: a network that stock DL4J's own builder makes, fitted by stock DL4J on the same batches from the same start, ends with
 * the same parameters, running statistics too. 44 rows in batches of 9 are 5 batches an epoch, the last of 8.
 */
@ExtendWith(LocalSpark.class)
class StockTrainingTest {
    private static final int ROWS = 44;
    private static final int BATCH = 9;
    private static final int EPOCHS = 2;
    private static final int PIXELS = 24;
    private static final int CLASSES = 3;
    private static final long SEED = 5;

    private static final String EXPERIMENT =
            """
            seed: %d
            data: {train: {format: csv, path: waves.csv, target: kind}}
            network: %s
            training:
              loss: categoricalCrossentropy
              optimizer: %s
              batchSize: %d
              epochs: %d
              step: %s
            """;

    private static final String DENSE =
            "{input: [24], layers: [{dense: {units: 12, activation: tanh}}, {dense: {units: 3, activation: softmax}}]}";

    private static final String CONVOLUTIONAL =
            """
            {input: [6, 4, 1], layers: [
              {conv2d: {filters: 5, kernelSize: 3, padding: same, activation: tanh}}, batchNormalization, {maxPooling2d: 2}, flatten,
              {dense: {units: 3, activation: softmax}}]}""";

    @TempDir
    private Path folder;

    private record Rule(String ours, IUpdater stock) {}

    static Stream<Arguments> cases() {
        List<Rule> rules = List.of(
                new Rule("{sgd: {learningRate: 0.05}}", new Sgd(0.05)),
                new Rule("{sgd: {learningRate: 0.02, momentum: 0.9, nesterov: true}}", new Nesterovs(0.02, 0.9)),
                new Rule("{adam: {learningRate: 0.01, epsilon: 1e-7}}", new Adam(0.01, 0.9, 0.999, 1e-7)));
        return Stream.of(DENSE, CONVOLUTIONAL).flatMap(network -> Stream.of("reference", "planned")
                .flatMap(step -> rules.stream().map(rule -> Arguments.of(network, step, rule))));
    }

    @ParameterizedTest(name = "{1}, {2}, {0}")
    @MethodSource("cases")
    void oneReplicaIsPlainDl4jOnOneMachine(String network, String step, Rule rule, JavaSparkContext spark)
            throws IOException {
        writeData();
        String text = EXPERIMENT.formatted(SEED, network, rule.ours(), BATCH, EPOCHS, step);
        try (Trial trial = Trial.of(spark, text, folder)) {
            TrainedModel model = trial.train(1);
            assertThat(model.facts().get("step")).startsWith(step);
            float[] start = start(trial);
            float[] stock = fit(stock(network, rule.stock(), start), network, rows(trial));
            assertThat(largestDifference(stock, start))
                    .as("what training moves")
                    .isGreaterThan(0.01);
            assertThat(largestDifference(model.parameters(), stock)).isLessThanOrEqualTo(1e-6);
        }
    }

    private static double largestDifference(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
        }
        return largest;
    }

    private void writeData() throws IOException {
        StringBuilder csv = new StringBuilder("kind");
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            csv.append(",p").append(pixel);
        }
        for (int i = 0; i < ROWS; i++) {
            csv.append("\nkind").append(i % CLASSES);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                csv.append(',').append(Math.sin(0.3 * (i % CLASSES + 1) * pixel + 0.7 * i));
            }
        }
        Files.writeString(folder.resolve("waves.csv"), csv);
    }

    private static float[] start(Trial trial) {
        NetworkLayout layout = NetworkLayout.of(trial.network());
        FlatVector parameters = FlatVector.allocate(layout.total());
        ParameterInitializer.initialize(layout, Seeds.derive(SEED, Seeds.Purpose.INITIALIZE), parameters);
        return parameters.toArray();
    }

    /** The replica's rows, pixels and then the class's number, in the order of their slots. */
    private static List<float[]> rows(Trial trial) {
        float[][] rows = new float[ROWS][];
        for (RowChunk chunk : trial.data().deal(1).collect()) {
            for (int i = 0; i < chunk.rows(); i++) {
                float[] row = new float[chunk.width()];
                System.arraycopy(chunk.values(), i * chunk.width(), row, 0, row.length);
                rows[chunk.slots()[i]] = row;
            }
        }
        return List.of(rows);
    }

    private static MultiLayerNetwork stock(String network, IUpdater updater, float[] start) {
        OneDnnHelpers.enable();
        NeuralNetConfiguration.ListBuilder layers =
                new NeuralNetConfiguration.Builder().updater(updater).list();
        OutputLayer output = new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
        if (network.equals(DENSE)) {
            layers.layer(new DenseLayer.Builder()
                            .nOut(12)
                            .activation(Activation.TANH)
                            .build())
                    .layer(output)
                    .setInputType(InputType.feedForward(PIXELS));
        } else {
            layers.layer(new ConvolutionLayer.Builder(3, 3)
                            .nOut(5)
                            .convolutionMode(ConvolutionMode.Same)
                            .activation(Activation.TANH)
                            .build())
                    .layer(new BatchNormalization.Builder()
                            .decay(0.99)
                            .eps(1e-3)
                            .useLogStd(false)
                            .build())
                    .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                            .kernelSize(2, 2)
                            .stride(2, 2)
                            .build())
                    .layer(output)
                    .setInputType(InputType.convolutional(6, 4, 1));
        }
        MultiLayerNetwork built = new MultiLayerNetwork(layers.build());
        built.init(Nd4j.createFromArray(start), true);
        return built;
    }

    private static float[] fit(MultiLayerNetwork stock, String network, List<float[]> rows) {
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            int[] order = EpochOrder.shuffled(ROWS, Seeds.derive(SEED, Seeds.Purpose.SHUFFLE, epoch, 0));
            for (int from = 0; from < ROWS; from += BATCH) {
                List<float[]> batch = new ArrayList<>();
                for (int i = from; i < Math.min(ROWS, from + BATCH); i++) {
                    batch.add(rows.get(order[i]));
                }
                stock.fit(dataSet(batch, network.equals(DENSE)));
            }
        }
        return stock.params().toFloatVector();
    }

    private static DataSet dataSet(List<float[]> batch, boolean flat) {
        int n = batch.size();
        INDArray features = Nd4j.create(n, PIXELS);
        INDArray labels = Nd4j.create(n, CLASSES);
        for (int i = 0; i < n; i++) {
            float[] row = batch.get(i);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                features.putScalar(i, pixel, row[pixel]);
            }
            labels.putScalar(i, (int) row[PIXELS], 1);
        }
        return new DataSet(flat ? features : features.reshape(n, 1, 6, 4), labels);
    }
}
