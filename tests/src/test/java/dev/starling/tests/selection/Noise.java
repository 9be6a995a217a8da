package dev.starling.tests.selection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rows whose labels are drawn by lot, as many of either, and what tests say of estimates. */
final class Noise {
    private static final int ROWS = 60;

    private Noise() {}

    /** Writes {@code noise-3.csv}. */
    static void write(Path folder, int permutation) throws IOException {
        Random random = new Random(permutation);
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            labels.add(i % 2);
        }
        Collections.shuffle(labels, random);
        StringBuilder csv = new StringBuilder("a,b,c,d,e,f,g,h,label\n");
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 8; j++) {
                csv.append(random.nextGaussian()).append(',');
            }
            csv.append("l").append(labels.get(i)).append('\n');
        }
        Files.writeString(folder.resolve("noise-" + permutation + ".csv"), csv.toString());
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Standard error of the mean. */
    static double error(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
