package dev.starling.tests.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.sweep.NestedResult;
import dev.starling.driver.selection.sweep.NestedSweep;
import dev.starling.driver.selection.sweep.Sweep;
import dev.starling.driver.selection.sweep.TrialRows;
import dev.starling.jobs.experiment.Experiment;
import dev.starling.jobs.experiment.ExperimentParser;
import dev.starling.jobs.experiment.ExperimentText;
import dev.starling.tests.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Labels drawn by lot, and a sweep: its best trial's own value over the folds promises what the rows do not hold; the nested estimate does not. */
@ExtendWith(LocalSpark.class)
class NestedNoiseTest {
    private static final int PERMUTATIONS = 20;
    private static final String EXPERIMENT =
            """
            data: {train: {format: csv, path: noise-%d.csv, target: label}, validation: 0.25, scale: standardize}
            network: {layers: [{dense: {units: 8, activation: tanh}}, {dense: {units: 2, activation: softmax}}]}
            training:
              loss: categoricalCrossentropy
              optimizer: {adam: {learningRate: 0.01}}
              batchSize: 16
              epochs: 6
              metrics: [accuracy]
            crossValidation: {folds: 5, nested: true}
            sweep:
              search: grid
              objective: {maximize: validation.accuracy}
              space:
                network.layers[0].dense.units: {choice: [2, 4, 8]}
                training.optimizer.adam.learningRate: {choice: [0.01, 0.05]}
            """;

    @TempDir
    private Path folder;

    @Test
    void theNestedEstimateIsChanceAndTheBestTrialsOwnIsNot(JavaSparkContext spark) throws IOException {
        double[] nested = new double[PERMUTATIONS];
        double[] inside = new double[PERMUTATIONS];
        double[] best = new double[PERMUTATIONS];
        for (int i = 0; i < PERMUTATIONS; i++) {
            Noise.write(folder, i);
            Experiment experiment = ExperimentParser.parseSweep(new ExperimentText(
                    "noise.yaml", EXPERIMENT.formatted(i), folder.toString(), List.of("seed=" + i), Map.of()));
            SweepSpec spec = experiment.sweep().orElseThrow();
            try (RawData data = RawData.open(spark, experiment.data(), experiment.loss(), i)) {
                FoldPlan plan = FoldPlan.of(
                        data, experiment.crossValidation().orElseThrow().folds());
                NestedResult result = NestedSweep.run(
                        spark, data, new NestedSweep.Setup(plan, spec, 6, point -> recipe(experiment, point)));
                nested[i] = result.folds().mean("accuracy");
                inside[i] = result.searches().stream()
                        .mapToDouble(NestedNoiseTest::value)
                        .average()
                        .orElseThrow();
                Sweep.Setup overFolds = new Sweep.Setup(
                        measured(spec), i, 6, point -> recipe(experiment, point), TrialRows.folds(plan));
                best[i] = value(Sweep.run(spark, data, overFolds));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "noise, a grid of 6, %d permutations: nested %.3f ± %.3f; the best trial's own mean over the folds %.3f ± %.3f, inside the folds %.3f ± %.3f%n",
                PERMUTATIONS,
                Noise.mean(nested),
                Noise.error(nested),
                Noise.mean(best),
                Noise.error(best),
                Noise.mean(inside),
                Noise.error(inside));
        assertThat(Noise.mean(nested)).isBetween(0.5 - 2 * Noise.error(nested), 0.5 + 2 * Noise.error(nested));
        assertThat(Noise.mean(best)).isGreaterThan(0.5 + 2 * Noise.error(best));
        assertThat(Noise.mean(inside)).isGreaterThan(0.5 + 2 * Noise.error(inside));
    }

    private static double value(SweepResult search) {
        return search.best().orElseThrow().value(search.spec().objective()).orElseThrow();
    }

    private static Recipe recipe(Experiment experiment, Point point) {
        return ExperimentParser.trial(experiment.resolved(), point.overrides()).recipe();
    }

    private static SweepSpec measured(SweepSpec spec) {
        Objective mean = new Objective(true, Objective.Measured.MEAN, "accuracy");
        return SweepSpec.of(spec.space(), spec.search(), mean, 6);
    }
}
