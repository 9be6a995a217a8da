package dev.starling.tests.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.selection.pool.Pool;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.Unit;
import dev.starling.driver.selection.pool.Unit.Span;
import dev.starling.driver.selection.pool.Unit.Wanted;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.pool.UnitSource;
import dev.starling.tests.LocalSpark;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Labels drawn by lot: what is honest finds a half of them, what looks at the scored rows finds more. */
@ExtendWith(LocalSpark.class)
class NoiseTest {
    private static final int PERMUTATIONS = 20;
    private static final int EPOCHS = 25;
    private static final String EXPERIMENT =
            """
            data: {train: {format: csv, path: noise-%d.csv, target: label}, scale: standardize}
            network: {layers: [{dense: {units: 8, activation: tanh}}, {dense: {units: 2, activation: softmax}}]}
            training:
              loss: categoricalCrossentropy
              optimizer: {adam: {learningRate: 0.01}}
              batchSize: 16
              epochs: 25
              metrics: [accuracy]
            crossValidation: {folds: 5, nested: true}
            """;

    private final JavaSparkContext spark;

    @TempDir
    private Path folder;

    NoiseTest(JavaSparkContext spark) {
        this.spark = spark;
    }

    @Test
    void theNestedEstimateOfNoiseIsChanceAndThatWhichChoosesOnTheScoredFoldsIsNot() throws IOException {
        double[] nested = new double[PERMUTATIONS];
        double[] chosen = new double[PERMUTATIONS];
        double[] stopped = new double[PERMUTATIONS];
        for (int i = 0; i < PERMUTATIONS; i++) {
            Noise.write(folder, i);
            try (Folded folded = new Folded(spark, EXPERIMENT.formatted(i), folder, "seed=" + i)) {
                CrossValidationResult result = folded.run();
                nested[i] = result.mean("accuracy");
                Leak leak = new Leak(folded);
                Pool.run(spark, folded.data(), leak);
                chosen[i] = leak.bestEpochOverAllFolds();
                stopped[i] = leak.bestEpochOfEachFold();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "noise, %d permutations: nested %.3f ± %.3f, epochs chosen on the scored folds %.3f, stopped on the scored fold %.3f%n",
                PERMUTATIONS,
                Noise.mean(nested),
                Noise.error(nested),
                Noise.mean(chosen),
                Noise.mean(stopped));
        assertThat(Noise.mean(nested)).isBetween(0.5 - 2 * Noise.error(nested), 0.5 + 2 * Noise.error(nested));
        assertThat(Noise.mean(chosen)).isGreaterThan(0.5 + 2 * Noise.error(chosen));
        assertThat(Noise.mean(stopped)).isGreaterThan(Noise.mean(chosen));
    }

    /** The planted leak: each fold's epochs are watched on the rows that it is scored on. */
    private static final class Leak implements UnitSource {
        private final Folded folded;
        private final SortedMap<Integer, List<EpochReport>> histories = new TreeMap<>();
        private int next;

        Leak(Folded folded) {
            this.folded = folded;
        }

        @Override
        public Answer next(int slot) {
            if (next == folded.plan().size()) {
                return new Answer.Done();
            }
            Unit unit = new Unit(next, "fold", folded.recipe(), next, Span.all(EPOCHS), Wanted.METRICS);
            next++;
            return new Answer.Run(unit);
        }

        @Override
        public RowChoice rows(int number) {
            Fold fold = folded.plan().folds().get(number);
            return new RowChoice(fold.train(), fold.scored(), fold.scored());
        }

        @Override
        public void finished(Unit unit, UnitResult result) {
            histories.put(unit.id(), result.history());
            assertThat(result.metrics()).containsKey(Split.TEST);
        }

        @Override
        public void failed(Unit unit, UnitFailure failure) {
            throw new AssertionError(failure.message());
        }

        private double accuracy(int fold, int epoch) {
            return histories
                    .get(fold)
                    .get(epoch)
                    .validation()
                    .orElseThrow()
                    .value("accuracy")
                    .orElseThrow();
        }

        /** As a search over the number of epochs reports its best. */
        double bestEpochOverAllFolds() {
            double best = 0;
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                double sum = 0;
                for (int fold : histories.keySet()) {
                    sum += accuracy(fold, epoch);
                }
                best = Math.max(best, sum / histories.size());
            }
            return best;
        }

        /** As early stopping on the scored fold, with the best weights restored. */
        double bestEpochOfEachFold() {
            double sum = 0;
            for (int fold : histories.keySet()) {
                double best = 0;
                for (int epoch = 0; epoch < EPOCHS; epoch++) {
                    best = Math.max(best, accuracy(fold, epoch));
                }
                sum += best;
            }
            return sum / histories.size();
        }
    }
}
