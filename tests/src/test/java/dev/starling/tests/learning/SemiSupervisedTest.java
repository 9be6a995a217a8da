package dev.starling.tests.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import dev.starling.worker.data.Split;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clusters beside few labels: with 20 labelled digits, pseudo-labels beat the labels alone on ten seeds, each with other 20, another split and other weights; paired. {@code tests/results/semi-supervised.md} keeps what it printed. */
@Tag("full")
@ExtendWith(LocalSpark.class)
class SemiSupervisedTest {
    private static final int SEEDS = 10;
    /** Student's t for 99.5%, one-sided, and nine degrees of freedom. */
    private static final double T = 3.25;

    private final JavaSparkContext spark;

    SemiSupervisedTest(JavaSparkContext spark) {
        this.spark = spark;
    }

    private double accuracy(int seed, String nearest, String epochs) {
        try (Trial trial = Trial.ofConf(
                spark,
                "course/pseudo-labels",
                "seed=" + seed,
                "data.pseudoLabels.nearest=" + nearest,
                "training.epochs=" + epochs)) {
            return trial.evaluate(trial.train(), Split.TEST).values().get("accuracy");
        }
    }

    /** The labels alone are few batches: they are presented ten times as often. */
    @Test
    void beatsLabelsAloneOnTheDigits() {
        double[] gains = new double[SEEDS];
        for (int seed = 1; seed <= SEEDS; seed++) {
            double alone = accuracy(seed, "0", "400");
            double pseudo = accuracy(seed, "1", "40");
            gains[seed - 1] = pseudo - alone;
            System.out.printf(Locale.ROOT, "| %d | %.4f | %.4f | %.4f |%n", seed, alone, pseudo, pseudo - alone);
        }
        double mean = DoubleStream.of(gains).average().orElseThrow();
        double variance =
                DoubleStream.of(gains).map(g -> (g - mean) * (g - mean)).sum() / (SEEDS - 1);
        double t = mean / Math.sqrt(variance / SEEDS);
        System.out.printf(Locale.ROOT, "mean gain %.4f, t %.2f (99.5%%: %.2f)%n", mean, t, T);
        assertThat(t).isGreaterThan(T);
    }
}
