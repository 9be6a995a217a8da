package dev.starling.driver.selection.crossvalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.RawData;
import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.selection.bagging.Decomposition;
import dev.starling.driver.selection.bagging.Ensemble;
import dev.starling.driver.selection.crossvalidation.CrossValidation.Settings;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.folds.FoldSpec.Folding;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.Rings;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.sweep.TrialRows;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Scale;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Weights;
import dev.starling.worker.step.StepChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bagging of y = sin 2x + noise of deviation 0.3, of which all is known. */
@Timeout(180)
class BaggingTest {
    private static final int ROWS = 400;
    private static final double SIGMA = 0.3;
    private static final int MODELS = 8;
    private static final double[] X = new double[ROWS];

    @TempDir
    static Path folder;

    private static JavaSparkContext spark;
    private static RawData data;
    private static FoldPlan plan;
    private static CrossValidationResult result;

    @BeforeAll
    static void bag() throws IOException {
        spark = LocalSpark.context();
        data = RawData.open(spark, spec(), Loss.MEAN_SQUARED_ERROR, 11);
        plan = FoldPlan.of(data, new FoldSpec(new Folding.Bootstrap(MODELS), true, Optional.empty(), 1));
        result = run(2);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static DataSpec spec() throws IOException {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>(List.of("x,y"));
        for (int i = 0; i < ROWS; i++) {
            X[i] = 4 * random.nextDouble() - 2;
            lines.add(X[i] + "," + (Math.sin(2 * X[i]) + SIGMA * random.nextGaussian()));
        }
        Path file = folder.resolve("sine.csv");
        Files.write(file, lines);
        SourceSpec csv = new SourceSpec.Csv(
                file.toString(),
                true,
                ",",
                '"',
                false,
                List.of("y"),
                new SourceSpec.Features.All(),
                List.of(),
                new SourceSpec.Missing(List.of(), SourceSpec.Policy.ERROR));
        return new DataSpec(
                Optional.empty(),
                csv,
                Optional.of(new HeldOut.Fraction(0.5)),
                Optional.empty(),
                new Scale.Standardize(),
                new Scale.Standardize(),
                false);
    }

    private static CrossValidationResult run(int slots) {
        List<LayerSpec> layers = List.of(
                new Dense("hidden", 12, Activation.Simple.TANH, Weights.DEFAULT),
                new Dense("y", 1, Activation.Simple.LINEAR, Weights.DEFAULT));
        Recipe recipe = Recipe.of(
                data.spec(),
                layers,
                Loss.MEAN_SQUARED_ERROR,
                Optional.empty(),
                Rings.training(80, 0.02, StepChoice.PLANNED));
        return CrossValidation.run(
                spark,
                data,
                plan,
                recipe,
                new Settings(false, "", 0, slots),
                Collections.emptySortedMap(),
                CrossValidationListener.NONE);
    }

    private static Ensemble.Part test() {
        return result.ensemble().orElseThrow().test().orElseThrow();
    }

    private static double square(double x) {
        return x * x;
    }

    @Test
    void everyModelPredictsEveryTestRowAndLearnsFromNone() {
        List<Integer> test = Arrays.stream(data.split().test()).boxed().toList();
        assertThat(test).hasSize(ROWS / 2);
        assertThat(test().rows()).isEqualTo(data.split().test());
        assertThat(test().counts()).containsOnly(MODELS);
        for (int fold = 0; fold < MODELS; fold++) {
            RowChoice choice = plan.choice(fold);
            assertThat(choice.train()).hasSize(ROWS / 2);
            assertThat(Arrays.stream(choice.train()).boxed()).doesNotContainAnyElementsOf(test);
            assertThat(Arrays.stream(choice.scored()).boxed()).doesNotContainAnyElementsOf(test);
        }
    }

    /** Of any predictions: the models' mean squared error is bias² + variance, and the ensemble's is bias². */
    @Test
    void biasAndVarianceAddUpToTheErrorOfTheModels() {
        Decomposition found = test().decomposition();
        double error = 0;
        for (FoldResult fold : result.folds()) {
            float[] outputs = fold.others().orElseThrow().outputs();
            float[] targets = fold.others().orElseThrow().targets();
            for (int i = 0; i < outputs.length; i++) {
                error += square(outputs[i] - targets[i]) / outputs.length / MODELS;
            }
        }
        assertThat(found.error()).isCloseTo(error, within(1e-6));
        assertThat(found.bias2() + found.variance()).isCloseTo(found.error(), within(1e-9));
        assertThat(test().metrics().get("mse")).isCloseTo(found.bias2(), within(1e-6));
        assertThat(found.variance()).isGreaterThan(0.001);
        assertThat(test().metrics().get("mse")).isLessThan(found.error());
    }

    /** Against the function itself, which the targets only tell with noise: error = bias² + variance + σ², but for what the noise of 200 rows happens to be. */
    @Test
    void withKnownNoiseTheErrorIsBiasVarianceAndNoise() {
        Decomposition found = test().decomposition();
        double bias2 = 0;
        double[] noise = new double[test().rows().length];
        for (int i = 0; i < noise.length; i++) {
            double mean = test().predictions().outputs()[i];
            double truth = Math.sin(2 * X[test().rows()[i]]);
            bias2 += square(mean - truth) / noise.length;
            // (t − ȳ)² − (f − ȳ)², whose mean is σ².
            noise[i] = square(test().predictions().targets()[i] - mean) - square(truth - mean);
        }
        double mean = Arrays.stream(noise).average().orElseThrow();
        double squares = Arrays.stream(noise).map(x -> square(x - mean)).sum();
        double standardError = Math.sqrt(squares / (noise.length - 1) / noise.length);
        System.out.printf(
                Locale.ROOT,
                "bagging of %d: error %.4f = bias² %.4f + variance %.4f + noise %.4f ± %.4f (σ² = %.4f); ensemble %.4f, out of bag %.4f%n",
                MODELS,
                found.error(),
                bias2,
                found.variance(),
                mean,
                standardError,
                SIGMA * SIGMA,
                test().metrics().get("mse"),
                result.ensemble().orElseThrow().outOfBag().metrics().get("mse"));
        assertThat(standardError).isLessThan(0.015);
        assertThat(bias2 + found.variance() + SIGMA * SIGMA).isCloseTo(found.error(), within(3 * standardError));
        assertThat(bias2).isLessThan(found.bias2());
    }

    @Test
    void theOutOfBagErrorEstimatesTheEnsemblesErrorOnRowsThatNobodyLearnedFrom() {
        Ensemble.Part outOfBag = result.ensemble().orElseThrow().outOfBag();
        assertThat(outOfBag.rows().length).isBetween(ROWS / 2 - 15, ROWS / 2);
        assertThat(IntStream.of(outOfBag.counts()).average().orElseThrow()).isBetween(0.3 * MODELS, 0.45 * MODELS);
        assertThat(outOfBag.metrics().get("mse"))
                .isBetween(
                        0.6 * test().metrics().get("mse"),
                        1.6 * test().metrics().get("mse"));
    }

    @Test
    void modelsInParallelGiveWhatTheyGiveInSequenceToTheBit() {
        CrossValidationResult one = run(1);
        assertThat(one.ensemble()
                        .orElseThrow()
                        .test()
                        .orElseThrow()
                        .predictions()
                        .outputs())
                .isEqualTo(test().predictions().outputs());
        assertThat(one.summary()).isEqualTo(result.summary());
    }

    @Test
    void aSweepOverSamplesDoesNotSeeTheTestRows() {
        TrialRows rows = TrialRows.folds(plan);
        assertThat(rows.choices()).isEqualTo(MODELS);
        assertThat(rows.choice(0).predicted()).isEmpty();
        assertThat(plan.choice(0).predicted()).hasSize(ROWS / 2);
    }

    @Test
    void gangsDoNotLearnFromARowTwice() {
        assertThatThrownBy(() -> GangFolds.run(
                        spark,
                        data,
                        plan,
                        Recipe.of(
                                data.spec(),
                                List.of(),
                                Loss.MEAN_SQUARED_ERROR,
                                Optional.empty(),
                                Rings.training(1, 0.1, StepChoice.PLANNED)),
                        Settings.DEFAULT,
                        2,
                        Collections.emptySortedMap(),
                        CrossValidationListener.NONE))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Cannot bootstrap with cluster.replicas: 2 (expected 1 or auto: a gang learns from every row once)");
    }
}
