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
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The planned step learns as well as DL4J's: test accuracy of five seeds on both, paired. {@code tests/results/steps.md} keeps what it printed. */
@Tag("full")
class BothStepsTest {
    private static final int SEEDS = 5;
    /** Student's t for 99% and four degrees of freedom. */
    private static final double T = 4.604;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"digits, 15", "fashion-mlp, 10", "fashion-cnn, 1"})
    void reachTheSameAccuracyWithinTheNoiseOfSeeds(String experiment, int epochs) throws IOException {
        double[] differences = new double[SEEDS];
        for (int i = 0; i < SEEDS; i++) {
            double planned = accuracy(experiment, epochs, "planned", i + 1);
            double reference = accuracy(experiment, epochs, "reference", i + 1);
            differences[i] = planned - reference;
            print("%-12s seed %d  planned %.4f  reference %.4f", experiment, i + 1, planned, reference);
        }
        double mean = DoubleStream.of(differences).average().orElseThrow();
        double variance =
                DoubleStream.of(differences).map(d -> (d - mean) * (d - mean)).sum() / (SEEDS - 1);
        double error = Math.sqrt(variance / SEEDS);
        print("%-12s %d epochs: planned − reference %+.4f, standard error %.4f", experiment, epochs, mean, error);
        assertThat(Math.abs(mean)).isLessThanOrEqualTo(T * error + 1e-3);
    }

    private double accuracy(String experiment, int epochs, String step, int seed) throws IOException {
        Map<String, String> environment = experiment.startsWith("fashion") ? Checkout.fashionMnist() : Map.of();
        String file = Checkout.path("conf/experiments/" + experiment + ".yaml").toString();
        Result trained = new Shell(folder, environment)
                .run(
                        "train",
                        file,
                        "--master",
                        "local[2]",
                        "--set",
                        "training.epochs=" + epochs,
                        "--set",
                        "training.step=" + step,
                        "--set",
                        "seed=" + seed);
        assertThat(trained.status()).as(trained.err()).isZero();
        Path metrics = Path.of(trained.lastLine(), "metrics.json");
        return new ObjectMapper()
                .readTree(Files.readString(metrics))
                .at("/test/accuracy")
                .asDouble();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
