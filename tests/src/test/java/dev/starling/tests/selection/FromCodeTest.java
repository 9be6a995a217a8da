package dev.starling.tests.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.CrossValidation;
import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.halving.EarlyTermination;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.driver.selection.sweep.Sweep;
import dev.starling.driver.selection.sweep.TrialRecipes;
import dev.starling.tests.Checkout;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's ten lines: a cross-validation and a sweep from code. */
@ExtendWith(LocalSpark.class)
class FromCodeTest {
    private static final Objective ACCURACY = new Objective(true, Objective.Measured.VALIDATION, "accuracy");

    @Test
    void aCrossValidationTakesTenLines(JavaSparkContext spark) {
        assertThat(Checkout.path("README.md"))
                .content()
                .contains("CrossValidation.run(spark, data, FoldSpec.of(10), recipe)");
        try (Trial trial = Trial.ofConf(spark, "iris", "training.epochs=30")) {
            DataSpec dataSpec = trial.experiment().data();
            List<LayerSpec> layers = trial.experiment().layers();
            TrainingSpec training = trial.experiment().training();
            Loss loss = Loss.CATEGORICAL_CROSSENTROPY;
            long seed = 42;

            try (RawData data = RawData.open(spark, dataSpec, loss, seed)) {
                Recipe recipe = Recipe.of(dataSpec, layers, loss, Optional.empty(), training);
                CrossValidationResult result = CrossValidation.run(spark, data, FoldSpec.of(10), recipe);

                assertThat(result.folds()).hasSize(10);
                assertThat(result.mean("accuracy")).isGreaterThan(0.9);
                assertThat(result.summary().interval().get("accuracy").low()).isLessThan(result.mean("accuracy"));
            }
        }
    }

    @Test
    void aSweepTakesTenLines(JavaSparkContext spark) {
        assertThat(Checkout.path("README.md"))
                .content()
                .contains("Sweep.run(spark, data, Sweep.Setup.of(spec, data, 20, recipes))");
        try (Trial trial = Trial.ofConf(spark, "iris", "training.epochs=20", "data.validation=0.2")) {
            DataSpec dataSpec = trial.experiment().data();
            Loss loss = Loss.CATEGORICAL_CROSSENTROPY;
            TrainingSpec training = trial.experiment().training();
            long seed = 42;

            try (RawData data = RawData.open(spark, dataSpec, loss, seed)) {
                Space space =
                        Space.of(Parameter.integer("units", 2, 32), Parameter.choice("activation", "relu", "tanh"));
                SweepSpec spec = SweepSpec.of(space, new Search.Tpe(), ACCURACY, 8);
                TrialRecipes recipes = point -> Recipe.of(dataSpec, layers(point), loss, Optional.empty(), training);
                SweepResult result = Sweep.run(spark, data, Sweep.Setup.of(spec, data, 20, recipes));
                assertThat(result.trials())
                        .flatExtracting(t -> t.cause().stream().toList())
                        .isEmpty();
                dev.starling.driver.selection.search.Trial best = result.best().orElseThrow();
                Metrics test = Sweep.refit(spark, data, Sweep.Setup.of(spec, data, 20, recipes), best)
                        .metrics()
                        .get(Split.TEST);

                assertThat(result.trials()).hasSize(8);
                assertThat(result.count(TrialState.FINISHED)).isEqualTo(8);
                assertThat(best.value(ACCURACY).orElseThrow())
                        .isEqualTo(result.trials().stream()
                                .mapToDouble(t -> t.value(ACCURACY).orElseThrow())
                                .max()
                                .orElseThrow());
                assertThat(best.point().whole("units")).isBetween(2, 32);
                assertThat(test.value("accuracy").orElseThrow()).isGreaterThan(0.8);
            }
        }
    }

    /** By a journal in a folder a sweep with early termination can be extended: what is there is not trained again. */
    @Test
    void aSweepWithAFolderGoesOnWhereItWas(JavaSparkContext spark, @TempDir Path folder) {
        try (Trial trial = Trial.ofConf(spark, "iris", "training.epochs=4", "data.validation=0.2")) {
            DataSpec dataSpec = trial.experiment().data();
            Loss loss = Loss.CATEGORICAL_CROSSENTROPY;
            try (RawData data = RawData.open(spark, dataSpec, loss, 42)) {
                AtomicInteger asked = new AtomicInteger();
                TrialRecipes recipes = point -> {
                    asked.incrementAndGet();
                    return Recipe.of(
                            dataSpec,
                            layers(point),
                            loss,
                            Optional.empty(),
                            trial.experiment().training());
                };
                SweepResult four = Sweep.run(spark, data, Sweep.Setup.of(halving(4), data, 4, recipes), folder.toUri());
                int before = asked.get();
                SweepResult six = Sweep.run(spark, data, Sweep.Setup.of(halving(6), data, 4, recipes), folder.toUri());

                assertThat(six.trials()).hasSize(6).noneMatch(t -> t.state() == TrialState.FAILED || t.epochs() == 0);
                assertThat(asked.get() - before).isLessThan(before);
                for (int i = 0; i < 4; i++) {
                    assertThat(six.trials().get(i).point())
                            .isEqualTo(four.trials().get(i).point());
                    assertThat(six.trials().get(i).values())
                            .startsWith(four.trials().get(i).values());
                }
                Sweep.Setup without = Sweep.Setup.of(halving(4), data, 4, recipes);
                assertThatThrownBy(() -> Sweep.run(spark, data, without))
                        .isInstanceOf(InvalidInput.class)
                        .hasMessageStartingWith("Cannot sweep with early termination and without a folder");
            }
        }
    }

    private static SweepSpec halving(int trials) {
        Space space = Space.of(Parameter.integer("units", 2, 32), Parameter.choice("activation", "relu", "tanh"));
        SweepSpec plain = SweepSpec.of(space, new Search.Random(), ACCURACY, trials);
        EarlyTermination asha = new EarlyTermination.Asha(1, 2);
        return new SweepSpec(space, plain.search(), ACCURACY, asha, plain.budget(), 1, List.of());
    }

    private static List<LayerSpec> layers(Point point) {
        Activation activation =
                point.label("activation").equals("relu") ? Activation.Simple.RELU : Activation.Simple.TANH;
        return List.of(
                new Dense("hidden", point.whole("units"), activation, Weights.DEFAULT),
                new Dense("classes", 3, Activation.Simple.SOFTMAX, Weights.DEFAULT));
    }
}
