package dev.starling.driver.selection.crossvalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.selection.crossvalidation.Comparison.Difference;
import dev.starling.driver.selection.crossvalidation.Summary.Interval;
import dev.starling.driver.selection.folds.FoldRows;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.folds.Folds;
import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Split;
import dev.starling.worker.metrics.ClassTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    /** Four folds of 40 rows: 10 scored and 30 trained on, a ratio of 1 ÷ 3. */
    private static FoldPlan plan(long seed) {
        int[] rows = IntStream.range(0, 40).toArray();
        FoldRows foldRows = new FoldRows(rows, new int[40], List.of(), rows, List.of());
        FoldSpec spec = FoldSpec.of(4);
        return new FoldPlan(Folds.of(foldRows, spec, seed), foldRows, spec, 0, new int[0], new int[0], seed);
    }

    private static CrossValidationResult result(long seed, double... values) {
        List<FoldResult> folds = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            SplitMetrics scored = new SplitMetrics(Map.of("r2", values[i]), Optional.empty());
            folds.add(new FoldResult(
                    i,
                    1,
                    i + 1,
                    new TreeMap<>(Map.of(Split.TEST, scored)),
                    new RunHistory(List.of()),
                    1,
                    new Predictions(1, new float[10], new float[10]),
                    Optional.empty(),
                    1,
                    1));
        }
        return CrossValidationResult.of(plan(seed), List.of(), folds, Map.of());
    }

    /** s² = (0.05² + 0.05² + 0.15² + 0.15²) ÷ 3 = 1 ÷ 60; the error is √((1 ÷ 4 + 1 ÷ 3) ÷ 60); t of 3 degrees at 97.5% is 3.182446. */
    @Test
    void meanDeviationAndIntervalAreThoseOfThePaper() {
        Summary summary = result(1, 0.8, 0.9, 0.7, 1.0).summary();

        assertThat(summary.mean().get("r2")).isCloseTo(0.85, within(1e-12));
        assertThat(summary.std().get("r2")).isCloseTo(Math.sqrt(1 / 60.0), within(1e-12));
        double reach = 3.182446305 * Math.sqrt((0.25 + 1 / 3.0) / 60);
        Interval interval = summary.interval().get("r2");
        assertThat(interval.low()).isCloseTo(0.85 - reach, within(1e-8));
        assertThat(interval.high()).isCloseTo(0.85 + reach, within(1e-8));
    }

    /** Differences 0.1, 0.2, 0.0, 0.1: mean 0.1, s² = 0.02 ÷ 3, error √(7 ÷ 12 · 0.02 ÷ 3), t = 1.603567; two-sided p of 3 degrees 0.2071. */
    @Test
    void aComparisonIsTheCorrectedPairedTest() {
        Comparison comparison = Comparison.of(result(1, 0.8, 0.9, 0.7, 1.0), result(1, 0.7, 0.7, 0.7, 0.9));

        Difference difference = comparison.metrics().get("r2");
        assertThat(difference.mean()).isCloseTo(0.1, within(1e-12));
        assertThat(difference.std()).isCloseTo(Math.sqrt(0.02 / 3), within(1e-12));
        assertThat(difference.t()).isCloseTo(0.1 / Math.sqrt(7 / 12.0 * 0.02 / 3), within(1e-12));
        assertThat(difference.p()).isCloseTo(0.2071, within(1e-4));
        assertThat(difference.interval().low()).isNegative();
    }

    @Test
    void oneExperimentIsNoBetterThanItself() {
        Difference difference = Comparison.of(result(1, 0.8, 0.9, 0.7, 1.0), result(1, 0.8, 0.9, 0.7, 1.0))
                .metrics()
                .get("r2");

        assertThat(difference.t()).isZero();
        assertThat(difference.p()).isEqualTo(1);
    }

    @Test
    void otherFoldsCannotBeCompared() {
        CrossValidationResult one = result(1, 0.8, 0.9, 0.7, 1.0);
        CrossValidationResult other = result(2, 0.8, 0.9, 0.7, 1.0);

        assertThatThrownBy(() -> Comparison.of(one, other))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot compare two experiments whose data give other folds");
    }

    @Test
    void whatAFoldCannotHaveIsLeftOut() {
        Summary summary = result(1, 0.8, Double.NaN, 0.7, 1.0).summary();

        assertThat(summary.mean()).doesNotContainKey("r2");
    }

    @Test
    void jsonGivesTheSameAgain() {
        CrossValidationResult result = result(1, 0.8, 0.9, 0.7, 1.0);

        var stored = CrossValidationJson.parse(CrossValidationJson.write(result, 3.5))
                .orElseThrow();

        assertThat(stored.folds()).hasSize(4);
        assertThat(stored.folds().get(1)).containsEntry("r2", 0.9);
        assertThat(stored.mean()).isEqualTo(result.summary().mean());
        assertThat(stored.std()).isEqualTo(result.summary().std());
        assertThat(stored.interval()).isEqualTo(result.summary().interval());
        assertThat(CrossValidationJson.parse("{\"train\": {\"loss\": 1}}")).isEmpty();
    }

    /** Positives 0.9, 0.6, 0.6; negatives 0.6, 0.1: of six pairs four in order and two ties: (4 + 1) ÷ 6. */
    @Test
    void pooledPredictionsGiveConfusionAndRoc() {
        FoldResult fold = new FoldResult(
                0,
                1,
                1,
                new TreeMap<>(),
                new RunHistory(List.of()),
                1,
                new Predictions(1, new float[] {0.9f, 0.6f, 0.6f, 0.6f, 0.1f}, new float[] {1, 1, 1, 0, 0}),
                Optional.empty(),
                1,
                1);

        Pooled pooled = Pooled.of(List.of("no", "yes"), List.of(fold));

        ClassTable table = pooled.table().orElseThrow();
        assertThat(table.confusion()).containsExactly(List.of(1L, 1L), List.of(0L, 3L));
        Roc roc = pooled.roc().orElseThrow();
        assertThat(roc.auc()).isCloseTo(5 / 6.0, within(1e-12));
        assertThat(roc.points())
                .containsExactly(
                        new Roc.Point(0, 0), new Roc.Point(0, 1 / 3.0), new Roc.Point(0.5, 1), new Roc.Point(1, 1));
    }

    @Test
    void predictionsAreWrittenAndReadToTheBit() {
        FoldPlan plan = plan(1);
        float[] outputs = new float[30];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) Math.sin(i) / 3;
        }
        float[] targets = {0, 1, 2, 2, 1, 0, 0, 1, 2, 2};
        Predictions predictions = new Predictions(3, outputs, targets);
        FoldResult fold = new FoldResult(
                2, 1, 3, new TreeMap<>(), new RunHistory(List.of()), 1, predictions, Optional.empty(), 1, 1);
        PredictionsCsv csv = new PredictionsCsv(List.of("a, b", "target1", "\"c\""));

        String text = csv.write(plan, List.of(fold));
        Predictions read = csv.read(text, plan.folds().get(2).scored(), "here");

        assertThat(text).startsWith("row,repeat,fold,target,predicted,\"a, b\",target1,");
        assertThat(read.outputs()).isEqualTo(outputs);
        assertThat(read.targets()).isEqualTo(targets);
        assertThatThrownBy(() -> csv.read("row,repeat\n", plan.folds().get(2).scored(), "here"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Cannot read here: 0 rows (expected 10, those of the fold)");
    }
}
