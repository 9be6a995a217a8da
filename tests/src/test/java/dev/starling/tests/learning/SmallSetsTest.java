package dev.starling.tests.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.training.TrainedModel;
import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.Outcome.Ending;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The experiments on data that lie in the project learn what they should, as their files stand. */
@ExtendWith(LocalSpark.class)
class SmallSetsTest {
    private final JavaSparkContext spark;

    SmallSetsTest(JavaSparkContext spark) {
        this.spark = spark;
    }

    private double value(String experiment, Split split, String metric, String... overrides) {
        try (Trial trial = Trial.ofConf(spark, experiment, overrides)) {
            return trial.evaluate(trial.train(), split).value(metric).orElseThrow();
        }
    }

    private double[] ofTenSeeds(String experiment, Split split, String metric) {
        return IntStream.rangeClosed(1, 10)
                .mapToDouble(seed -> value(experiment, split, metric, "seed=" + seed))
                .toArray();
    }

    @Test
    void xorIsLearntFromTenOfTenSeeds() {
        assertThat(ofTenSeeds("xor", Split.TRAIN, "accuracy")).containsOnly(1);
    }

    /** Each seed splits, starts and shuffles anew. */
    @Test
    void milesPerGallonAreFoundToThreeAsTheMeanOfTenSplits() {
        double[] errors = ofTenSeeds("auto-mpg", Split.VALIDATION, "rmse");
        double mean = DoubleStream.of(errors).average().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "auto-mpg: validation rmse %.3f, the mean of seeds 1 to 10: %s%n",
                mean,
                Arrays.toString(errors));
        assertThat(mean).as("validation rmse of seeds 1 to 10: %s", errors).isLessThanOrEqualTo(3.1);
        assertThat(errors).as("another split, another error").doesNotHaveDuplicates();
    }

    @Test
    void banknotesAreToldApart() {
        assertThat(value("banknote", Split.TEST, "accuracy")).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void digitsAreRead() {
        assertThat(value("digits", Split.TEST, "accuracy")).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void irisesAreToldApart() {
        assertThat(value("iris", Split.TEST, "accuracy")).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void tumoursAreToldApartByAModelThatStopsEarly() {
        try (Trial trial = Trial.ofConf(spark, "breast-cancer")) {
            TrainedModel model = trial.train();
            assertThat(trial.evaluate(model, Split.TEST).value("accuracy").orElseThrow())
                    .isGreaterThanOrEqualTo(0.95);
            assertThat(trial.evaluate(model, Split.TEST).value("auc").orElseThrow())
                    .isGreaterThanOrEqualTo(0.98);
            assertThat(model.ending()).isIn(Ending.EARLY, Ending.COMPLETED);
        }
    }
}
