package dev.starling.tests.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.tests.LocalSpark;
import dev.starling.tests.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Chapter 2's formulas, written out, beside what training by the course's files gives. */
@ExtendWith(LocalSpark.class)
class NeuronTest {
    private static final double[][] OR = {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}};

    private final JavaSparkContext spark;

    NeuronTest(JavaSparkContext spark) {
        this.spark = spark;
    }

    private double[] parameters(String experiment, String... overrides) {
        try (Trial trial = Trial.ofConf(spark, "course/" + experiment, overrides)) {
            float[] floats = trial.train().parameters();
            return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
        }
    }

    /** A rate so small that nothing moves. */
    private double[] start(String experiment) {
        return parameters(
                experiment,
                "training.epochs=1",
                "training.optimizer={sgd: {learningRate: 1e-30}}",
                "training.batchSize=1");
    }

    private static double sigmoid(double y) {
        return 1 / (1 + Math.exp(-y));
    }

    /** Δw_i = η (t − s) s (1 − s) x_i, with 1 as the bias's input: the notes' section 2.3. */
    private static double[] change(double[] w, double[] example, double eta) {
        double s = sigmoid(w[0] * example[0] + w[1] * example[1] + w[2]);
        double delta = eta * (example[2] - s) * s * (1 - s);
        return new double[] {delta * example[0], delta * example[1], delta};
    }

    private static double[] plus(double[] w, double[] change) {
        return IntStream.range(0, w.length).mapToDouble(i -> w[i] + change[i]).toArray();
    }

    /** All orders of four examples. */
    private static List<List<Integer>> orders(List<Integer> begun) {
        if (begun.size() == 4) {
            return List.of(begun);
        }
        List<List<Integer>> orders = new ArrayList<>();
        for (int next = 0; next < 4; next++) {
            if (!begun.contains(next)) {
                List<Integer> longer = new ArrayList<>(begun);
                longer.add(next);
                orders.addAll(orders(longer));
            }
        }
        return orders;
    }

    private static double distance(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElseThrow();
    }

    /** The file's rate of 0.25 is η = 0.5: Keras's squared error has no ½. */
    @Test
    void onlineLearningIsTheNotesRuleExampleByExampleInSomeOrder() {
        double[] found = parameters("neuron-or", "training.epochs=1");
        double[] start = start("neuron-or");

        List<double[]> possible = orders(List.of()).stream()
                .map(order -> {
                    double[] w = start;
                    for (int example : order) {
                        w = plus(w, change(w, OR[example], 0.5));
                    }
                    return w;
                })
                .toList();

        assertThat(distance(found, start)).isGreaterThan(0.01);
        assertThat(possible.stream().mapToDouble(w -> distance(found, w)).min().orElseThrow())
                .isLessThan(1e-6);
        assertThat(possible.stream().mapToDouble(w -> distance(found, w)).max().orElseThrow())
                .as("the order matters")
                .isGreaterThan(1e-5);
    }

    /** With four examples in a batch the mean is a quarter of the notes' sum: the same rate gives a quarter of the change. */
    @Test
    void batchLearningSumsWhatKerasTakesTheMeanOfSoTheRateIsFourTimesTheOnlineOne() {
        double[] start = start("neuron-or-batch");
        double[] summed = {0, 0, 0};
        for (double[] example : OR) {
            summed = plus(summed, change(start, example, 0.5));
        }

        double[] four = parameters("neuron-or-batch", "training.epochs=1");
        double[] one =
                parameters("neuron-or-batch", "training.epochs=1", "training.optimizer={sgd: {learningRate: 0.25}}");

        for (int i = 0; i < 3; i++) {
            assertThat(four[i] - start[i]).as("the notes' sum").isCloseTo(summed[i], within(1e-6));
            assertThat(one[i] - start[i]).as("its quarter").isCloseTo(summed[i] / 4, within(1e-6));
        }
        assertThat(DoubleStream.of(summed).map(Math::abs).max().orElseThrow()).isGreaterThan(0.01);
    }

    /** By the hidden outputs alone the output neuron's line tells the classes apart, which no line does by the inputs. */
    @Test
    void theHiddenLayerOfXorIsLinearlySeparable() {
        double[] p = parameters("mlp-xor");
        double[][] hidden = new double[4][];
        double[][] inputs = new double[4][];
        for (int row = 0; row < 4; row++) {
            double a = OR[row][0];
            double b = OR[row][1];
            double kind = a == b ? 0 : 1;
            // A dense kernel lies row-major [out, in] in the flat vector, its bias after it.
            hidden[row] = new double[] {sigmoid(p[0] * a + p[1] * b + p[4]), sigmoid(p[2] * a + p[3] * b + p[5]), kind};
            inputs[row] = new double[] {a, b, kind};
            double output = sigmoid(p[6] * hidden[row][0] + p[7] * hidden[row][1] + p[8]);
            assertThat(output).as("the answer to %s, %s", a, b).isCloseTo(kind, within(0.2));
        }

        assertThat(perceptronSeparates(hidden)).isTrue();
        assertThat(perceptronSeparates(inputs)).isFalse();
    }

    /** Rosenblatt's rule ends without a mistake if and only if a line separates the classes. */
    private static boolean perceptronSeparates(double[][] rows) {
        double[] w = {0, 0, 0};
        for (int pass = 0; pass < 10_000; pass++) {
            boolean mistaken = false;
            for (double[] row : rows) {
                double answer = w[0] * row[0] + w[1] * row[1] + w[2] > 0 ? 1 : 0;
                w = plus(w, new double[] {(row[2] - answer) * row[0], (row[2] - answer) * row[1], row[2] - answer});
                mistaken |= answer != row[2];
            }
            if (!mistaken) {
                return true;
            }
        }
        return false;
    }

    @Test
    void linearRegressionByGradientDescentIsTheExactLeastSquaresLine() {
        LeastSquares exact = LeastSquares.ofLine();
        double[] found = parameters("regression-line");
        double[] x = CourseData.files()
                .get("line.csv")
                .lines()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.replaceFirst(",.*", "")))
                .toArray();
        double mean = DoubleStream.of(x).average().orElseThrow();
        double deviation = Math.sqrt(
                DoubleStream.of(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());

        // The network sees (x − mean) ÷ deviation.
        assertThat(found[0] / deviation).isCloseTo(exact.slope(), within(1e-5));
        assertThat(found[1] - found[0] * mean / deviation).isCloseTo(exact.intercept(), within(1e-5));
    }
}
