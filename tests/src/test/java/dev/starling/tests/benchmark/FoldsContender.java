package dev.starling.tests.benchmark;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.CrossValidation;
import dev.starling.driver.selection.crossvalidation.CrossValidation.Settings;
import dev.starling.driver.selection.crossvalidation.CrossValidationListener;
import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.crossvalidation.FoldResult;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.tests.LocalSpark;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * conf/experiments/banknote-cv.yaml on a session of two slots whose data are read. A request is the number of slots to use; the answer: seconds for all folds, and milliseconds
 * per fold beyond its epochs (on two slots, of each slot).
 */
public final class FoldsContender {
    private FoldsContender() {}

    public static void main(String[] arguments) {
        Answers answers = new Answers();
        Path folder = Path.of(System.getProperty("starling.root", ""), "conf/experiments");
        Experiment experiment =
                ExperimentParser.parse(ExperimentText.read("banknote-cv.yaml", List.of(), Map.of(), folder));
        try (JavaSparkContext spark = LocalSpark.start("local[2]");
                RawData data = RawData.open(spark, experiment.data(), experiment.loss(), experiment.seed())) {
            answers.serve(words -> measure(spark, data, experiment, Integer.parseInt(words.get(0))));
        }
        System.exit(0);
    }

    private static double[] measure(JavaSparkContext spark, RawData data, Experiment experiment, int slots) {
        long start = System.nanoTime();
        FoldPlan plan =
                FoldPlan.of(data, experiment.crossValidation().orElseThrow().folds());
        Recipe recipe = Recipe.of(
                experiment.data(), experiment.layers(), experiment.loss(), experiment.input(), experiment.training());
        CrossValidationResult result = CrossValidation.run(
                spark,
                data,
                plan,
                recipe,
                new Settings(false, "", 0, slots),
                Collections.emptySortedMap(),
                CrossValidationListener.NONE);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (result.mean("accuracy") < 0.98) {
            throw new IllegalStateException("Cannot measure: accuracy " + result.mean("accuracy"));
        }
        double training =
                result.folds().stream().mapToDouble(FoldResult::trainingSeconds).sum();
        return new double[] {seconds, 1000 * (slots * seconds - training) / plan.size()};
    }
}
