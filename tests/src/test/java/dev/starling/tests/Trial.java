package dev.starling.tests;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.evaluation.Evaluator;
import dev.starling.driver.training.ProgressListener;
import dev.starling.driver.training.TrainedModel;
import dev.starling.driver.training.Trainer;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.worker.data.Split;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.network.NetworkSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** An experiment with its data prepared on a session that is there already: trains and evaluates as the command does, and stores nothing. */
public final class Trial implements AutoCloseable {
    private final JavaSparkContext spark;
    private final Experiment experiment;
    private final PreparedData data;

    private Trial(JavaSparkContext spark, Experiment experiment) {
        this.spark = spark;
        this.experiment = experiment;
        this.data = DataPipeline.prepare(
                spark, experiment.data(), experiment.loss(), experiment.input(), experiment.seed());
    }

    /**
     * @param text YAML, whose paths are relative to {@code folder}
     * @param overrides {@code key=value}
     */
    public static Trial of(JavaSparkContext spark, String text, Path folder, String... overrides) {
        return new Trial(
                spark,
                ExperimentParser.parse(
                        new ExperimentText("trial.yaml", text, folder.toString(), List.of(overrides), Map.of())));
    }

    /** One of {@code conf/experiments}. */
    public static Trial ofConf(JavaSparkContext spark, String name, String... overrides) {
        Path folder = Checkout.path("conf/experiments");
        ExperimentText text = ExperimentText.read(name + ".yaml", List.of(overrides), Map.of(), folder);
        return new Trial(spark, ExperimentParser.parse(text));
    }

    public TrainedModel train() {
        return train(experiment
                .replicas()
                .count(data.rows(Split.TRAIN), experiment.training().batchSize(), 4));
    }

    public TrainedModel train(int replicas) {
        return Trainer.train(spark, data, network(), experiment.training(), replicas, ProgressListener.NONE);
    }

    public Metrics evaluate(TrainedModel model, Split split) {
        return Evaluator.evaluate(
                spark,
                data,
                network(),
                model.parameters(),
                experiment.training().step(),
                split);
    }

    public Experiment experiment() {
        return experiment;
    }

    public NetworkSpec network() {
        return experiment.network(data.preparation().input());
    }

    public PreparedData data() {
        return data;
    }

    @Override
    public void close() {
        data.close();
    }
}
