package dev.starling.tests.benchmark;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.evaluation.Evaluator;
import dev.starling.driver.serialization.StarlingSpark;
import dev.starling.driver.training.ProgressListener;
import dev.starling.driver.training.TrainedModel;
import dev.starling.driver.training.Trainer;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.worker.averaging.AveragingSpec.DiLoCo;
import dev.starling.worker.averaging.AveragingSpec.Every;
import dev.starling.worker.averaging.AveragingSpec.PostLocal;
import dev.starling.worker.averaging.AveragingSpec.SlowMo;
import dev.starling.worker.data.Split;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What strategies of averaging cost in accuracy and save in rounds and bytes, at equal examples, 4 replicas: {@code deploy/bench strategies [--seeds 3] [--work all]
 * [--rows all]}. It needs no quiet machine, for accuracy does not depend on the clock. {@code --rows outer} tries values of the outer optimisers, {@code --rows fp16} compares half precision on the wire.
 */
public final class StrategyStudy {
    private static final int REPLICAS = 4;
    private static final int[] INTERVALS = {5, 20, 100};

    private final JavaSparkContext spark;
    private final Path dataFolder;
    private final Path first;
    private final int seeds;
    private String step = "";

    /** @param first where the training examples lie */
    private StrategyStudy(JavaSparkContext spark, Path dataFolder, Path first, int seeds) {
        this.spark = spark;
        this.dataFolder = dataFolder;
        this.first = first;
        this.seeds = seeds;
    }

    public static void main(String[] arguments) {
        Benchmark.main(benchmark -> {
            Options options = Options.parse(arguments, "seeds", "work", "rows");
            Path dataFolder = benchmark.dataFolder();
            Path first = Scratch.folder();
            Machine machine = new Machine();
            SparkConf conf = new SparkConf()
                    .setMaster("local[" + REPLICAS + "]")
                    .setAppName("study")
                    .set("spark.ui.enabled", "false");
            try (JavaSparkContext spark = new JavaSparkContext(StarlingSpark.configure(conf))) {
                StudyWork.write(dataFolder, first);
                new StrategyStudy(spark, dataFolder, first, options.count("seeds", 3))
                        .run(options.text("work", "all"), options.text("rows", "all"));
            } finally {
                Scratch.delete(first);
            }
            System.out.println();
            System.out.println(machine.description() + ".");
            return List.of();
        });
    }

    private void run(String work, String rows) {
        System.out.println("# Strategies of averaging, " + REPLICAS + " replicas, " + seeds + " seeds");
        for (StudyWork each : StudyWork.values()) {
            if (work.equals("all") || work.equalsIgnoreCase(each.name())) {
                run(
                        each,
                        switch (rows) {
                            case "outer" -> outerRows();
                            case "fp16" -> compressedRows();
                            default -> mainRows();
                        });
            }
        }
    }

    private void run(StudyWork work, List<StudyRow> rows) {
        int parameters = 0;
        int[] examples = {};
        TrainingSpec base = work.experiment(1, dataFolder, first).training();
        for (int seed = 1; seed <= seeds; seed++) {
            Experiment experiment = work.experiment(seed, dataFolder, first);
            try (PreparedData data = StudyWork.prepare(spark, experiment)) {
                examples = IntStream.range(0, REPLICAS)
                        .map(rank -> data.trainRows(rank, REPLICAS))
                        .toArray();
                for (StudyRow row : rows) {
                    parameters = train(experiment, data, row);
                }
            }
        }
        print(work.title(), rows, base, examples, parameters);
    }

    /** Gives the number of parameters. */
    private int train(Experiment experiment, PreparedData data, StudyRow row) {
        NetworkSpec network = experiment.network(data.preparation().input());
        TrainingSpec training = row.training(experiment.training());
        int parameters = NetworkLayout.of(network).total();
        try {
            TrainedModel model = Trainer.train(spark, data, network, training, REPLICAS, ProgressListener.NONE);
            Metrics test = Evaluator.evaluate(spark, data, network, model.parameters(), training.step(), Split.TEST);
            row.results().add(new double[] {test.value("accuracy").orElseThrow(), test.loss()});
            step = model.facts().get("step");
        } catch (TrainingFailed e) {
            // Diverged: the row says so by not being a number.
            row.results().add(new double[] {Double.NaN, Double.NaN});
        }
        double[] last = row.results().get(row.results().size() - 1);
        System.err.printf(Locale.ROOT, "seed %d  %-40s %.4f %.4f%n", experiment.seed(), row.label(), last[0], last[1]);
        return parameters;
    }

    private static List<StudyRow> mainRows() {
        List<StudyRow> rows = new ArrayList<>();
        rows.add(StudyRow.of("every 1", new Every(1)));
        for (int h : INTERVALS) {
            StudyRow every = StudyRow.of("every " + h, new Every(h));
            rows.add(every);
            if (h > 5) {
                rows.add(every.with(OptimizerStatePolicy.KEEP));
                rows.add(every.with(OptimizerStatePolicy.RESET));
            }
            rows.add(every.overlapped());
            rows.add(StudyRow.of("postLocal 1, " + h, new PostLocal(1, h)));
            rows.add(slowMo(h, 1, 0.4));
            rows.add(diLoCo(h, 0.7, 0.6));
            if (h > 5) {
                rows.add(diLoCo(h, 0.7, 0.9));
            }
        }
        return rows;
    }

    private static List<StudyRow> outerRows() {
        List<StudyRow> rows = new ArrayList<>();
        for (int h : INTERVALS) {
            rows.add(StudyRow.of("every " + h, new Every(h)));
            for (double momentum : new double[] {0.2, 0.4, 0.6, 0.8}) {
                rows.add(slowMo(h, 1, momentum));
            }
            for (double[] values : new double[][] {{0.7, 0.9}, {0.7, 0.6}, {0.7, 0.3}, {1, 0.3}, {1, 0.6}}) {
                rows.add(diLoCo(h, values[0], values[1]));
            }
        }
        return rows;
    }

    private static List<StudyRow> compressedRows() {
        List<StudyRow> rows = new ArrayList<>();
        for (int h : INTERVALS) {
            StudyRow every = StudyRow.of("every " + h, new Every(h));
            rows.add(every);
            rows.add(every.compressed());
        }
        return rows;
    }

    private static StudyRow slowMo(int every, double learningRate, double momentum) {
        String label = "slowMo " + every + ", " + learningRate + ", " + momentum;
        return StudyRow.of(label, new SlowMo(every, learningRate, momentum));
    }

    private static StudyRow diLoCo(int every, double learningRate, double momentum) {
        String label = "diLoCo " + every + ", " + learningRate + ", " + momentum;
        return StudyRow.of(label, new DiLoCo(every, learningRate, momentum));
    }

    private void print(String title, List<StudyRow> rows, TrainingSpec base, int[] examples, int parameters) {
        System.out.println();
        System.out.printf(Locale.ROOT, "## %s, %,d parameters%n", title, parameters);
        System.out.println();
        System.out.println("Examples of the replicas: " + Arrays.toString(examples) + "; step: " + step + ".");
        System.out.println();
        System.out.println("| averaging | test accuracy, % | test loss | rounds | MB sent by a replica |");
        System.out.println("|---|---|---|---|---|");
        for (StudyRow row : rows) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %,d | %,.1f |%n",
                    row.label(),
                    row.accuracy(),
                    row.loss(),
                    row.rounds(base, examples),
                    row.megabytes(base, examples, parameters));
        }
    }
}
