package dev.starling.tests.benchmark;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A dense network so small that a step is nearly all overhead, and examples for it: classes by a random linear rule with noise, so that there is always something to learn.
 *
 * @param sizes inputs, hidden layers, classes
 */
record TinyNetwork(int... sizes) {
    static final int BATCH = 32;
    static final int ROWS = 2048;

    static TinyNetwork of(String text) {
        return new TinyNetwork(
                Arrays.stream(text.split("-", -1)).mapToInt(Integer::parseInt).toArray());
    }

    String label() {
        return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("-"));
    }

    int inputs() {
        return sizes[0];
    }

    int classes() {
        return sizes[sizes.length - 1];
    }

    /** {@link #ROWS} rows of features, normal. */
    float[] features() {
        return normal(new SplittableRandom(1), ROWS * inputs());
    }

    /** One class per row of the features. */
    int[] classesOf(float[] features) {
        SplittableRandom random = new SplittableRandom(2);
        float[] weights = normal(random, inputs() * classes());
        float[] noise = normal(random, ROWS * classes());
        int[] classes = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            float[] scores = Arrays.copyOfRange(noise, row * classes(), (row + 1) * classes());
            for (int c = 0; c < scores.length; c++) {
                for (int i = 0; i < inputs(); i++) {
                    scores[c] += features[row * inputs() + i] * weights[i * classes() + c];
                }
            }
            classes[row] = IntStream.range(0, scores.length)
                    .reduce((a, b) -> scores[a] >= scores[b] ? a : b)
                    .orElseThrow();
        }
        return classes;
    }

    private static float[] normal(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
