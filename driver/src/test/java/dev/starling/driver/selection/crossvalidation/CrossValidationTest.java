package dev.starling.driver.selection.crossvalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.CrossValidation.Settings;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.Rings;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.network.Heritage;
import dev.starling.worker.network.LabelSmoothing;
import dev.starling.worker.network.Loss;
import dev.starling.worker.step.StepChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CrossValidationTest {
    @TempDir
    static Path folder;

    private static JavaSparkContext spark;
    private static RawData data;
    private static FoldPlan plan;

    @BeforeAll
    static void open() {
        spark = LocalSpark.context();
        data = Rings.raw(folder);
        plan = FoldPlan.of(data, FoldSpec.of(5));
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static final class Told implements CrossValidationListener {
        private final List<Integer> finished = new ArrayList<>();
        private final List<Integer> failed = new ArrayList<>();

        @Override
        public void finished(FoldResult fold) {
            finished.add(fold.index());
        }

        @Override
        public void failed(int fold, UnitFailure failure) {
            failed.add(fold);
        }
    }

    private static Recipe recipe(TrainingSpec training) {
        return Recipe.of(data.spec(), Rings.layers(8), Loss.CATEGORICAL_CROSSENTROPY, Optional.empty(), training);
    }

    private static Recipe recipe(int epochs) {
        return recipe(Rings.training(epochs, 0.01, StepChoice.PLANNED));
    }

    private static CrossValidationResult run(Recipe recipe, boolean nested, int slots) {
        Settings settings = new Settings(nested, "", 0, slots);
        return CrossValidation.run(
                spark, data, plan, recipe, settings, Collections.emptySortedMap(), CrossValidationListener.NONE);
    }

    /** All that a fold came to but its times. */
    private static List<Object> values(FoldResult fold) {
        return List.of(
                fold.metrics(),
                fold.history(),
                fold.epochs(),
                toList(fold.predictions().outputs()));
    }

    private static List<Float> toList(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }

    @Test
    void foldsInParallelGiveWhatTheyGiveInSequenceToTheBit() {
        CrossValidationResult two = run(recipe(3), false, 2);
        CrossValidationResult one = run(recipe(3), false, 1);

        assertThat(two.folds()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(values(two.folds().get(i))).isEqualTo(values(one.folds().get(i)));
        }
        assertThat(two.summary()).isEqualTo(one.summary());
    }

    @Test
    void everyRowButTheTestRowsIsPredictedOnceByAModelThatLearnedFromNoneOfItsFold() {
        CrossValidationResult result = run(recipe(2), false, 2);

        long rows = data.rows() - data.rows(Split.TEST);
        assertThat(result.folds().stream()
                        .mapToInt(fold -> fold.predictions().targets().length)
                        .sum())
                .isEqualTo((int) rows);
        long counted = result.pooled().orElseThrow().rows().stream()
                .mapToLong(row -> row.support())
                .sum();
        assertThat(counted).isEqualTo(rows);
        for (int fold = 0; fold < 5; fold++) {
            RowChoice choice = plan.choice(fold);
            List<Integer> scored = IntStream.of(choice.scored()).boxed().toList();
            assertThat(choice.validation()).isNotEmpty();
            assertThat(IntStream.of(choice.train()).boxed()).doesNotContainAnyElementsOf(scored);
            assertThat(IntStream.of(choice.validation()).boxed()).doesNotContainAnyElementsOf(scored);
        }
    }

    @Test
    void foldsThatAreDoneAreNotRunAgain() {
        CrossValidationResult whole = run(recipe(2), false, 2);
        SortedMap<Integer, FoldResult> done = new TreeMap<>();
        List.of(0, 3, 4).forEach(i -> done.put(i, whole.folds().get(i)));
        Told told = new Told();

        CrossValidationResult rest = CrossValidation.run(spark, data, plan, recipe(2), Settings.DEFAULT, done, told);

        assertThat(told.finished).containsExactlyInAnyOrder(1, 2);
        assertThat(rest.summary()).isEqualTo(whole.summary());
    }

    @Test
    void aFoldThatFailsIsToldWhenAllAreThrough() {
        Told told = new Told();
        Recipe wild = recipe(Rings.training(20, 1e30, StepChoice.PLANNED));

        assertThatThrownBy(() -> CrossValidation.run(
                        spark, data, plan, wild, Settings.DEFAULT, Collections.emptySortedMap(), told))
                .isInstanceOf(FoldsFailed.class)
                .hasMessageStartingWith("Cannot cross-validate: 5 of 5 folds failed; fold 1: Cannot go on training: ");
        assertThat(told.failed).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void whatIsWrongWithTheExperimentIsInvalidInput() {
        Recipe misfit = new Recipe(
                Rings.layers(8).subList(0, 1),
                Loss.CATEGORICAL_CROSSENTROPY,
                LabelSmoothing.NONE,
                Heritage.NONE,
                List.of(),
                data.spec().scale(),
                data.spec().targetScale(),
                Rings.training(1, 0.01, StepChoice.PLANNED));

        assertThatThrownBy(() -> run(misfit, false, 2)).isInstanceOf(InvalidInput.class);
    }

    /** The nested folds choose by accuracy; the outer fold then trains that many epochs on all of its training rows. */
    @Test
    void nestedFoldsChooseTheNumberOfEpochsWithoutTheScoredRows() {
        TrainingSpec training = Rings.training(6, 0.02, StepChoice.PLANNED);
        EarlyStopping rule = new EarlyStopping("validation", "accuracy", 1, 0, true);

        CrossValidationResult nested = run(recipe(training.withEpochs(6, List.of(rule))), true, 2);
        CrossValidationResult again = run(recipe(training.withEpochs(6, List.of(rule))), true, 1);

        for (int i = 0; i < 5; i++) {
            FoldResult fold = nested.folds().get(i);
            assertThat(values(fold)).isEqualTo(values(again.folds().get(i)));
            assertThat(fold.epochs()).isBetween(1, 6);
            assertThat(fold.metrics()).doesNotContainKey(Split.VALIDATION);
        }
    }

    @Test
    void gangsGiveEachFoldTheSameRows() {
        CrossValidationResult gangs = GangFolds.run(
                spark,
                data,
                plan,
                recipe(2),
                Settings.DEFAULT,
                2,
                Collections.emptySortedMap(),
                CrossValidationListener.NONE);
        CrossValidationResult units = run(recipe(2), false, 2);

        for (int i = 0; i < 5; i++) {
            assertThat(gangs.folds().get(i).predictions().targets())
                    .isEqualTo(units.folds().get(i).predictions().targets());
            assertThat(gangs.folds().get(i).metrics().keySet())
                    .isEqualTo(units.folds().get(i).metrics().keySet());
        }
        assertThat(gangs.mean("accuracy")).isGreaterThan(0.33);
    }

    /** The scored rows of a fold become something else entirely: nothing that its model learns may change. */
    @Test
    void nothingOfTheScoredRowsReachesTheirModel() throws IOException {
        Path changed = Files.createDirectories(folder.resolve("changed"));
        DataSpec spec = Rings.spec(changed);
        int[] scored = plan.folds().get(1).scored();
        Rings.spoil(changed.resolve("rings"), scored);
        TrainingSpec training = Rings.training(6, 0.02, StepChoice.PLANNED);
        EarlyStopping rule = new EarlyStopping("validation", "loss", 1, 0, true);
        Recipe recipe = recipe(training.withEpochs(6, List.of(rule)));

        try (RawData other = RawData.open(spark, spec, Loss.CATEGORICAL_CROSSENTROPY, Rings.SEED)) {
            FoldPlan same = FoldPlan.of(other, FoldSpec.of(5));
            assertThat(same.folds().get(1).scored()).isEqualTo(scored);
            CrossValidationResult spoiled = CrossValidation.run(
                    spark,
                    other,
                    same,
                    recipe,
                    Settings.DEFAULT,
                    Collections.emptySortedMap(),
                    CrossValidationListener.NONE);
            CrossValidationResult clean = run(recipe, false, 2);

            assertThat(spoiled.folds().get(1).history())
                    .isEqualTo(clean.folds().get(1).history());
            assertThat(spoiled.folds().get(1).scored())
                    .isNotEqualTo(clean.folds().get(1).scored());
            // In the other folds these rows are learned from, so there the change is seen: the comparison can fail.
            assertThat(spoiled.folds().get(0).history())
                    .isNotEqualTo(clean.folds().get(0).history());
        }
    }
}
