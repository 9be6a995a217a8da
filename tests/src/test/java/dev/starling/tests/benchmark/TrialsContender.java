package dev.starling.tests.benchmark;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.search.Trial;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.tests.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The trials of selection_digits.yaml on a session of two slots whose data are read. A request is the number of slots to use and of trials; the answer: seconds for all, and milliseconds per trial beyond
 * its epochs (on two slots, of each slot).
 */
public final class TrialsContender {
    private static final Path FOLDER =
            Path.of(System.getProperty("starling.root", ""), "tests/src/test/java/dev/starling/tests/benchmark");
    private static final double EXPECTED = 0.95;

    private TrialsContender() {}

    public static void main(String[] arguments) {
        Answers answers = new Answers();
        Experiment experiment = experiment("1");
        try (JavaSparkContext spark = LocalSpark.start("local[2]");
                RawData data = RawData.open(spark, experiment.data(), experiment.loss(), experiment.seed())) {
            RealSweep sweep = new RealSweep(spark, data);
            answers.serve(words -> measure(sweep, experiment(words.get(1)), Integer.parseInt(words.get(0))));
        }
        System.exit(0);
    }

    private static Experiment experiment(String trials) {
        return ExperimentParser.parseSweep(
                ExperimentText.read("selection_digits.yaml", List.of("sweep.trials=" + trials), Map.of(), FOLDER));
    }

    private static double[] measure(RealSweep sweep, Experiment experiment, int slots) {
        RealSweep.Outcome outcome = sweep.run(experiment, slots);
        List<Trial> trials = outcome.trials();
        double best = trials.stream()
                .mapToDouble(trial -> trial.values()[trial.epochs() - 1])
                .max()
                .orElse(0);
        if (best < EXPECTED) {
            throw new IllegalStateException("Cannot measure: the best accuracy is " + best);
        }
        System.err.println("Starling, " + trials.size() + " trials, best accuracy " + best);
        double beyond = slots * outcome.seconds() - outcome.trainingSeconds();
        return new double[] {outcome.seconds(), 1000 * beyond / trials.size()};
    }
}
