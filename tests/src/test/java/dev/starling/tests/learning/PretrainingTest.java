package dev.starling.tests.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacked denoising pre-training is to beat random first weights with 100 labelled digits of MNIST: ten seeds, each with other 100, paired. {@code tests/results/autoencoders.md} keeps what it printed. */
@Tag("full")
class PretrainingTest {
    private static final int SEEDS = 10;
    /** Student's t for 99.5%, one-sided, and nine degrees of freedom. */
    private static final double T = 3.25;

    @TempDir
    private Path folder;

    @Test
    void beatsRandomWeightsWithAHundredLabels() throws IOException {
        double[] gains = new double[SEEDS];
        for (int seed = 1; seed <= SEEDS; seed++) {
            double pretrained = accuracy("pretraining", seed);
            double random = accuracy("pretraining-random", seed);
            gains[seed - 1] = pretrained - random;
            System.out.printf(Locale.ROOT, "seed %2d  pretrained %.4f  random %.4f%n", seed, pretrained, random);
        }
        double mean = DoubleStream.of(gains).average().orElseThrow();
        double variance =
                DoubleStream.of(gains).map(g -> (g - mean) * (g - mean)).sum() / (SEEDS - 1);
        double t = mean / Math.sqrt(variance / SEEDS);
        System.out.printf(Locale.ROOT, "mean gain %.4f, t %.2f (99.5%%: %.2f)%n", mean, t, T);
        assertThat(mean).isPositive();
        assertThat(t).isGreaterThan(T);
    }

    private double accuracy(String experiment, int seed) throws IOException {
        String file =
                Checkout.path("conf/experiments/course/" + experiment + ".yaml").toString();
        Result trained = new Shell(folder, Checkout.fashionMnist())
                .run("train", file, "--master", "local[2]", "--set", "seed=" + seed);
        assertThat(trained.status()).as(trained.err()).isZero();
        return new ObjectMapper()
                .readTree(Files.readString(Path.of(trained.lastLine(), "metrics.json")))
                .at("/test/accuracy")
                .asDouble();
    }
}
