package dev.starling.tests.selection;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.CrossValidation;
import dev.starling.driver.selection.crossvalidation.CrossValidation.Settings;
import dev.starling.driver.selection.crossvalidation.CrossValidationListener;
import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.crossvalidation.CrossValidationSpec;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** An experiment with its data laid into folds, on a session that is there already; stores nothing. */
final class Folded implements AutoCloseable {
    private final JavaSparkContext spark;
    private final Experiment experiment;
    private final CrossValidationSpec spec;
    private final RawData data;
    private final FoldPlan plan;

    /** @param text YAML, whose paths are relative to {@code folder} */
    Folded(JavaSparkContext spark, String text, Path folder, String... overrides) {
        this.spark = spark;
        this.experiment = ExperimentParser.parse(
                new ExperimentText("folded.yaml", text, folder.toString(), List.of(overrides), Map.of()));
        this.spec = experiment.crossValidation().orElseThrow();
        this.data = RawData.open(spark, experiment.data(), experiment.loss(), experiment.seed());
        this.plan = FoldPlan.of(data, spec.folds());
    }

    CrossValidationResult run() {
        return CrossValidation.run(
                spark,
                data,
                plan,
                recipe(),
                new Settings(spec.nested(), "", 0, Integer.MAX_VALUE),
                Collections.emptySortedMap(),
                CrossValidationListener.NONE);
    }

    Recipe recipe() {
        return Recipe.of(
                experiment.data(), experiment.layers(), experiment.loss(), experiment.input(), experiment.training());
    }

    RawData data() {
        return data;
    }

    FoldPlan plan() {
        return plan;
    }

    @Override
    public void close() {
        data.close();
    }
}
