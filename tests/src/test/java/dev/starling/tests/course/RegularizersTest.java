package dev.starling.tests.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.data.Split;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each regulariser of the notes reduces over-fitting, on {@code few-among-many.csv}, augmentation on few digits: over ten seeds, which split, start and shuffle anew, the test loss is below that of the same network
 * without it, both by the plain cross-entropy, by the paired t-test, one-sided. {@code tests/results/course.md} keeps what it printed.
 */
@Tag("full")
@ExtendWith(LocalSpark.class)
class RegularizersTest {
    private static final int SEEDS = 10;
    /** Student's t for 1% on one side and nine degrees of freedom. */
    private static final double T = 2.821;

    /** Losses by the name of a control. */
    private static final Map<String, double[]> PLAIN = new HashMap<>();

    private final JavaSparkContext spark;

    RegularizersTest(JavaSparkContext spark) {
        this.spark = spark;
    }

    /** All by the control's loss, without penalties and smoothing: layers that differ have no parameters. */
    private double[] losses(String name, String control) {
        return IntStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> {
                    try (Trial trial = Trial.ofConf(spark, "course/" + name, "seed=" + seed);
                            Trial measure = Trial.ofConf(spark, "course/" + control, "seed=" + seed)) {
                        return measure.evaluate(trial.train(), Split.TEST).loss();
                    }
                })
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "regularize-l2, overfitting",
        "regularize-l1, overfitting",
        "weight-decay, overfitting",
        "dropout, overfitting",
        "noise-inputs, overfitting",
        "noise-weights, overfitting",
        "early-stopping, overfitting",
        "label-smoothing, overfitting",
        "augmentation, augmentation-none"
    })
    void reducesOverfittingOverTenSeeds(String name, String control) {
        double[] plain = PLAIN.computeIfAbsent(control, plainly -> losses(plainly, plainly));
        double[] with = losses(name, control);
        double[] gains =
                IntStream.range(0, SEEDS).mapToDouble(i -> plain[i] - with[i]).toArray();
        double mean = DoubleStream.of(gains).average().orElseThrow();
        double variance =
                DoubleStream.of(gains).map(g -> (g - mean) * (g - mean)).sum() / (SEEDS - 1);
        double t = mean / Math.sqrt(variance / SEEDS);
        long better = DoubleStream.of(gains).filter(g -> g > 0).count();
        System.out.println(String.format(
                Locale.ROOT,
                "| `%s` | %.3f | %.3f | %.3f | %.2f | %d of %d |",
                name,
                DoubleStream.of(plain).average().orElseThrow(),
                DoubleStream.of(with).average().orElseThrow(),
                mean,
                t,
                better,
                SEEDS));
        assertThat(t).as("t of %s", name).isGreaterThan(T);
    }
}
