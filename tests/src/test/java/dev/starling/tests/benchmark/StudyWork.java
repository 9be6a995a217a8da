package dev.starling.tests.benchmark;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.PreparedData;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A network, an optimiser and a number of epochs on the first 20,000 examples of Fashion-MNIST, batches of 32 per replica. The learning rate falls to 0 over the gang's batches, so that no strategy
 * is ahead or behind for where in a schedule it stopped.
 */
enum StudyWork {
    MLP(
            "Multilayer perceptron 784-256-256-10, Adam",
            3,
            """
              - flatten
              - dense: {units: 256, activation: relu}
              - dense: {units: 256, activation: relu}
              - dense: {units: 10, activation: softmax}
            """,
            "adam: {learningRate: {cosineDecay: {initialLearningRate: 0.001, decaySteps: %d}}}"),
    CNN(
            "Two convolutions 3×3 with strides of 2 and batch normalisation (16 and 32 filters), a dense layer; SGD with momentum 0.9",
            2,
            """
              - conv2d: {filters: 16, kernelSize: 3, strides: 2, padding: same, activation: relu}
              - batchNormalization
              - conv2d: {filters: 32, kernelSize: 3, strides: 2, padding: same, activation: relu}
              - batchNormalization
              - flatten
              - dense: {units: 10, activation: softmax}
            """,
            "sgd: {learningRate: {cosineDecay: {initialLearningRate: 0.02, decaySteps: %d}}, momentum: 0.9}");

    private static final int EXAMPLES = 20_000;
    private static final int BATCH = 32;

    private static final String EXPERIMENT =
            """
            data:
              train: {format: idx, features: "${FIRST}/images", labels: "${FIRST}/labels"}
              test:
                format: idx
                features: "${DATA}/fashion-mnist/t10k-images-idx3-ubyte.gz"
                labels: "${DATA}/fashion-mnist/t10k-labels-idx1-ubyte.gz"
              scale: {divideBy: 255}
            network:
              input: [28, 28, 1]
              layers:
            %s
            training:
              loss: categoricalCrossentropy
              optimizer: {%s}
              metrics: [accuracy]
              batchSize: %d
              epochs: %d
            """;

    private final String title;
    private final int epochs;
    private final String layers;
    private final String optimizer;

    StudyWork(String title, int epochs, String layers, String optimizer) {
        this.title = title;
        this.epochs = epochs;
        this.layers = layers;
        this.optimizer = optimizer;
    }

    String title() {
        return title + ", " + epochs + " epochs of 20,000 examples";
    }

    /** Writes the training examples, as {@link #experiment} reads them. */
    static void write(Path dataFolder, Path first) {
        FashionMnist.read(dataFolder, EXAMPLES).write(first.resolve("images"), first.resolve("labels"));
    }

    /** @param first where the training examples lie */
    Experiment experiment(int seed, Path dataFolder, Path first) {
        int batches = epochs * EXAMPLES / BATCH;
        String text = EXPERIMENT.formatted(layers.indent(2), optimizer.formatted(batches), BATCH, epochs);
        return ExperimentParser.parse(new ExperimentText(
                "study.yaml",
                text,
                dataFolder.toString(),
                List.of("seed=" + seed),
                Map.of("DATA", dataFolder.toString(), "FIRST", first.toString())));
    }

    /** The data of an experiment; the caller closes them. */
    static PreparedData prepare(JavaSparkContext spark, Experiment experiment) {
        return DataPipeline.prepare(spark, experiment.data(), experiment.loss(), experiment.input(), experiment.seed());
    }
}
