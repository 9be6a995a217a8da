package dev.starling.tests.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.crossvalidation.CrossValidation;
import dev.starling.driver.selection.crossvalidation.CrossValidationResult;
import dev.starling.driver.selection.folds.FoldSpec;
import dev.starling.driver.selection.pool.Recipe;
import dev.starling.tests.Checkout;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.Loss;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's ten lines: a cross-validation from code. */
@ExtendWith(LocalSpark.class)
class FromCodeTest {
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
}
