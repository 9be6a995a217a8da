package dev.starling.tests.benchmark;

import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.serialization.StarlingSpark;
import dev.starling.driver.training.TrainedModel;
import dev.starling.driver.training.Trainer;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.GangPlan;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.step.StepChoice;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Starling, by the trainer that {@code train} runs, on the first examples of Fashion-MNIST. A request is {@code step replicas averagingEvery examples epochs}; the answer, of all
 * epochs but the first: examples per second from the first step to the last averaging (median), the share of time in averaging, and in averaging without waiting, milliseconds of
 * averaging per round, and without waiting, bytes that a replica and bytes that the driver moved per round (not a number in one JVM).
 */
public final class StarlingContender {
    private final JavaSparkContext spark;
    private final Experiment experiment;
    private final Path dataFolder;
    private final Path scratch;
    private final Map<Integer, PreparedData> prepared = new HashMap<>();

    private StarlingContender(JavaSparkContext spark, Experiment experiment, Path dataFolder, Path scratch) {
        this.spark = spark;
        this.experiment = experiment;
        this.dataFolder = dataFolder;
        this.scratch = scratch;
    }

    /** @param arguments work, Spark master, checkout, folder of data sets */
    public static void main(String[] arguments) {
        Answers answers = new Answers();
        Path dataFolder = Path.of(arguments[3]);
        Path root = Path.of(arguments[2]);
        Experiment experiment = ExperimentParser.parse(ExperimentText.read(
                Work.of(arguments[0]).experiment(), List.of(), Map.of("STARLING_DATA", arguments[3]), root));
        SparkConf conf = StarlingSpark.configure(Sessions.conf("benchmark", arguments[1]));
        Path scratch = Scratch.folder();
        if (!arguments[1].startsWith("local")) {
            StarlingSpark.noticeLostExecutors(conf);
        }
        try (JavaSparkContext spark = Sessions.start(conf)) {
            StarlingContender contender = new StarlingContender(spark, experiment, dataFolder, scratch);
            answers.serve(contender::measure);
        } finally {
            Scratch.delete(scratch);
        }
    }

    private double[] measure(List<String> words) {
        TrainingSpec training = training(
                StepChoice.valueOf(words.get(0).toUpperCase(Locale.ROOT)),
                Integer.parseInt(words.get(2)),
                Integer.parseInt(words.get(4)));
        PreparedData data = prepared.computeIfAbsent(Integer.valueOf(words.get(3)), this::prepare);
        int replicas = Integer.parseInt(words.get(1));
        Traffic traffic = new Traffic(spark.sc());
        TrainedModel model =
                Trainer.train(spark, data, experiment.network(data.preparation().input()), training, replicas, traffic);
        List<EpochReport> measured = model.history().subList(1, model.history().size());
        double seconds = sum(measured, EpochReport::trainingSeconds);
        double averaging = sum(measured, EpochReport::averagingSeconds);
        double waiting = sum(measured, EpochReport::waitingSeconds);
        GangPlan plan = plan(data, replicas, training);
        int rounds =
                IntStream.range(1, model.history().size()).map(plan::rounds).sum();
        return new double[] {
            rate(measured),
            averaging / seconds,
            (averaging - waiting) / seconds,
            1e3 * averaging / rounds,
            1e3 * (averaging - waiting) / rounds,
            traffic.sentPerRound(plan),
            traffic.driverPerRound(plan)
        };
    }

    private static GangPlan plan(PreparedData data, int replicas, TrainingSpec training) {
        int[] rows = IntStream.range(0, replicas)
                .map(rank -> data.trainRows(rank, replicas))
                .toArray();
        return new GangPlan(rows, training.batchSize(), training.averaging());
    }

    private static double sum(List<EpochReport> epochs, ToDoubleFunction<EpochReport> value) {
        return epochs.stream().mapToDouble(value).sum();
    }

    private static double rate(List<EpochReport> epochs) {
        return Samples.median(
                epochs.stream().mapToDouble(EpochReport::examplesPerSecond).toArray());
    }

    private TrainingSpec training(StepChoice step, int averageEvery, int epochs) {
        TrainingSpec spec = experiment.training();
        return new TrainingSpec(
                spec.seed(),
                spec.optimizer(),
                spec.clipping(),
                spec.batchSize(),
                epochs,
                spec.stopRules(),
                new AveragingSpec.Every(averageEvery),
                spec.optimizerState(),
                spec.compression(),
                spec.overlap(),
                step);
    }

    private PreparedData prepare(int examples) {
        Path images = scratch.resolve("images-" + examples);
        Path labels = scratch.resolve("labels-" + examples);
        FashionMnist.read(dataFolder, examples).write(images, labels);
        DataSpec whole = experiment.data();
        DataSpec first = new DataSpec(
                whole.description(),
                new SourceSpec.Idx(images.toString(), labels.toString()),
                Optional.empty(),
                Optional.empty(),
                whole.scale(),
                whole.targetScale(),
                false);
        return DataPipeline.prepare(spark, first, experiment.loss(), experiment.input(), experiment.seed());
    }
}
