package dev.starling.driver.selection.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.RawData;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.selection.crossvalidation.CrossValidation;
import dev.starling.driver.selection.crossvalidation.CrossValidation.Settings;
import dev.starling.driver.selection.crossvalidation.CrossValidationListener;
import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.crossvalidation.FoldResult;
import dev.starling.driver.selection.crossvalidation.FoldsFailed;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.pool.Rings;
import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.pool.UnitFailure;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.Objective.Measured;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.Trial;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.Loss;
import dev.starling.worker.step.StepChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class NestedSweepTest {
    private static final int EPOCHS = 3;

    @TempDir
    static Path folder;

    private static JavaSparkContext spark;
    private static RawData data;
    private static FoldPlan plan;

    @BeforeAll
    static void open() {
        spark = LocalSpark.context();
        data = Rings.raw(folder);
        plan = FoldPlan.of(data, FoldSpec.of(4));
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static Recipe recipe(Point point) {
        return Recipe.of(
                data.spec(),
                Rings.layers(point.whole("units")),
                Loss.CATEGORICAL_CROSSENTROPY,
                Optional.empty(),
                Rings.training(EPOCHS, point.real("rate"), StepChoice.PLANNED).withSeed(Rings.SEED));
    }

    /** A grid of four points. */
    private static NestedSweep.Setup setup(FoldPlan folds, Measured measured) {
        Space space = Space.of(Parameter.choice("units", 2, 8), Parameter.choice("rate", 0.001, 0.03));
        SweepSpec spec = SweepSpec.of(space, new Search.Grid(), new Objective(true, measured, "accuracy"), 4);
        return new NestedSweep.Setup(folds, spec, EPOCHS, NestedSweepTest::recipe);
    }

    private static Settings slots(int slots) {
        return new Settings(true, "", 3, slots);
    }

    private static NestedResult run(NestedSweep.Setup setup, int slots) {
        return NestedSweep.run(
                spark, data, setup, slots(slots), Collections.emptySortedMap(), NestedStore.NONE, NestedListener.NONE);
    }

    /** All that a fold came to but its times. */
    private static List<Object> values(FoldResult fold) {
        float[] outputs = fold.predictions().outputs();
        return List.of(
                fold.metrics(),
                fold.history(),
                IntStream.range(0, outputs.length).mapToObj(i -> outputs[i]).toList());
    }

    private static List<List<Double>> values(SweepResult search) {
        return search.trials().stream()
                .map(t -> Arrays.stream(t.values()).boxed().toList())
                .toList();
    }

    @Test
    void searchesInParallelGiveWhatTheyGiveInSequenceToTheBit() {
        NestedResult two = run(setup(plan, Measured.VALIDATION), 2);
        NestedResult one = run(setup(plan, Measured.VALIDATION), 1);

        assertThat(two.searches()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(values(two.folds().folds().get(i)))
                    .isEqualTo(values(one.folds().folds().get(i)));
            assertThat(values(two.searches().get(i)))
                    .isEqualTo(values(one.searches().get(i)))
                    .hasSize(4);
        }
        assertThat(two.folds().summary()).isEqualTo(one.folds().summary());
    }

    /** Each fold's model is the one that cross-validate makes of the chosen point on all of the fold's training rows, for the chosen epochs. */
    @Test
    void whatWasChosenIsTrainedOnAllTrainingRowsOfItsFold() {
        NestedResult nested = run(setup(plan, Measured.VALIDATION), 2);
        FoldPlan whole = new FoldPlan(plan.folds(), plan.rows(), plan.spec(), 0, new int[0], new int[0], plan.seed());

        for (int i = 0; i < 4; i += 3) {
            Trial best = nested.searches().get(i).best().orElseThrow();
            int epochs = best.bestEpoch(new Objective(true, Measured.VALIDATION, "accuracy"))
                    .orElseThrow();
            Recipe recipe = recipe(best.point());
            Recipe chosen = recipe.with(recipe.training().withEpochs(epochs, List.of()));
            FoldResult same = CrossValidation.run(
                            spark,
                            data,
                            whole,
                            chosen,
                            Settings.DEFAULT,
                            Collections.emptySortedMap(),
                            CrossValidationListener.NONE)
                    .folds()
                    .get(i);
            FoldResult fold = nested.folds().folds().get(i);
            assertThat(fold.epochs()).isEqualTo(epochs);
            assertThat(values(fold)).isEqualTo(values(same));
        }
    }

    @Test
    void noTrialSeesTheRowsOfItsFold() {
        for (Measured measured : Measured.values()) {
            for (int fold = 0; fold < plan.size(); fold++) {
                List<Integer> held =
                        IntStream.of(plan.folds().get(fold).scored()).boxed().toList();
                TrialRows rows = TrialRows.within(plan, fold, measured);
                assertThat(rows.choices()).isEqualTo(measured == Measured.MEAN ? 4 : 1);
                for (int i = 0; i < rows.choices(); i++) {
                    RowChoice choice = rows.choice(i);
                    for (int[] part : List.of(choice.train(), choice.validation(), choice.scored())) {
                        assertThat(IntStream.of(part).boxed()).doesNotContainAnyElementsOf(held);
                    }
                }
            }
        }
    }

    /** The planted leak: the scored rows of a fold become something else entirely. Nothing that its search finds or its model learns may change, but its score does, and so do the other folds. */
    @Test
    void nothingOfTheScoredRowsReachesTheSearchOrTheModelOfTheirFold() throws IOException {
        Path changed = Files.createDirectories(folder.resolve("changed"));
        DataSpec spec = Rings.spec(changed);
        Rings.spoil(changed.resolve("rings"), plan.folds().get(1).scored());
        for (Measured measured : Measured.values()) {
            try (RawData other = RawData.open(spark, spec, Loss.CATEGORICAL_CROSSENTROPY, Rings.SEED)) {
                FoldPlan same = FoldPlan.of(other, FoldSpec.of(4));
                assertThat(same.folds().get(1).scored())
                        .isEqualTo(plan.folds().get(1).scored());
                NestedResult spoiled = NestedSweep.run(spark, other, setup(same, measured));
                NestedResult clean = run(setup(plan, measured), 2);

                assertThat(values(spoiled.searches().get(1)))
                        .isEqualTo(values(clean.searches().get(1)));
                FoldResult of = spoiled.folds().folds().get(1);
                assertThat(of.history()).isEqualTo(clean.folds().folds().get(1).history());
                assertThat(of.scored())
                        .isNotEqualTo(clean.folds().folds().get(1).scored());
                assertThat(values(spoiled.searches().get(0)))
                        .isNotEqualTo(values(clean.searches().get(0)));
            }
        }
    }

    /** Kept in folders as a run keeps it; then the driver is as if it had died when one fold was over and another one half. */
    @Test
    void aSearchThatWasEndedGoesOnWhereItsJournalEndsAndPausedTrialsWithIt() throws IOException {
        NestedSweep.Setup halving = halving(setup(plan, Measured.VALIDATION));
        Folders whole = new Folders(folder.resolve("whole"));
        NestedResult all = run(halving, whole, new TreeMap<>());
        Folders cut = new Folders(folder.resolve("cut"));
        for (int fold = 1; fold <= 2; fold++) {
            Files.createDirectories(cut.path().resolve(String.valueOf(fold)));
            List<String> lines = Files.readAllLines(whole.path().resolve(fold + "/journal.jsonl"));
            int kept = fold == 1 ? lines.size() : 3;
            Files.write(cut.path().resolve(fold + "/journal.jsonl"), lines.subList(0, kept));
        }
        TreeMap<Integer, FoldResult> done = new TreeMap<>();
        done.put(0, all.folds().folds().get(0));
        Told told = new Told();

        NestedResult rest = NestedSweep.run(spark, data, halving, slots(1), done, cut, told);

        assertThat(told.folds).containsExactly(1, 2, 3);
        assertThat(rest.folds().summary()).isEqualTo(all.folds().summary());
        assertThat(rest.searches().get(0).trials()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(values(rest.searches().get(i)))
                    .isEqualTo(values(all.searches().get(i)));
        }
        assertThat(all.searches().get(2).count(TrialState.PAUSED)
                        + all.searches().get(2).count(TrialState.FINISHED))
                .isEqualTo(4);
    }

    @Test
    void earlyTerminationNeedsFolders() {
        NestedSweep.Setup halving = halving(setup(plan, Measured.VALIDATION));
        assertThatThrownBy(() -> NestedSweep.run(spark, data, halving))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot search inside folds with early termination and without folders");
    }

    @Test
    void aFoldInWhichEveryTrialFailsFailsAndTheOthersEnd() {
        NestedSweep.Setup setup = setup(plan, Measured.VALIDATION);
        NestedSweep.Setup wrong = new NestedSweep.Setup(plan, setup.spec(), EPOCHS, point -> {
            throw new InvalidInput("Cannot make a network of " + point.label("units") + " units");
        });
        Told told = new Told();
        assertThatThrownBy(() -> NestedSweep.run(spark, data, wrong, slots(2), new TreeMap<>(), NestedStore.NONE, told))
                .isInstanceOf(FoldsFailed.class)
                .hasMessage(
                        "Cannot cross-validate: 4 of 4 folds failed; fold 1: Cannot choose in fold 1: no trial has a"
                                + " result; the last one: Cannot make a network of 8 units");
        assertThat(told.failed).containsExactly(0, 1, 2, 3);
    }

    private static NestedSweep.Setup halving(NestedSweep.Setup setup) {
        SweepSpec grid = setup.spec();
        SweepSpec spec = new SweepSpec(
                grid.space(),
                grid.search(),
                grid.objective(),
                new EarlyTermination.Asha(1, 3),
                grid.budget(),
                1,
                List.of());
        return new NestedSweep.Setup(setup.plan(), spec, EPOCHS, setup.recipes());
    }

    private static NestedResult run(NestedSweep.Setup setup, NestedStore store, SortedMap<Integer, FoldResult> done) {
        return NestedSweep.run(spark, data, setup, slots(1), done, store, NestedListener.NONE);
    }

    private record Folders(Path path) implements NestedStore {
        @Override
        public Optional<StoreFiles> folder(int fold) {
            return Optional.of(
                    StoreFiles.at(path.resolve(String.valueOf(fold + 1)).toUri(), new Configuration()));
        }

        @Override
        public TrialResults results(int fold) {
            return (assignment, result) -> {};
        }
    }

    private static final class Told implements NestedListener {
        private final List<Integer> folds = new ArrayList<>();
        private final List<Integer> failed = new ArrayList<>();

        @Override
        public void happened(int fold, SweepEvent event) {}

        @Override
        public void chosen(int fold, SweepResult search) {
            assertThat(search.best()).isPresent();
        }

        @Override
        public void finished(FoldResult fold) {
            folds.add(fold.index());
        }

        @Override
        public void failed(int fold, UnitFailure failure) {
            failed.add(fold);
        }
    }
}
