package dev.starling.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The banknotes of conf/data, for contenders that read no experiment.
 *
 * @param features rows × 4
 * @param classes 0 or 1
 */
record Banknotes(float[][] features, int[] classes) {
    static final int EPOCHS = 50;
    static final int BATCH = 32;
    static final int FOLDS = 10;

    static Banknotes read() {
        Path file = Path.of(System.getProperty("starling.root", ""), "conf/data/banknote/banknote.csv");
        try {
            List<String> lines = Files.readAllLines(file);
            float[][] features = new float[lines.size() - 1][4];
            int[] classes = new int[features.length];
            for (int row = 0; row < features.length; row++) {
                String[] fields = lines.get(row + 1).split(",", -1);
                for (int i = 0; i < 4; i++) {
                    features[row][i] = Float.parseFloat(fields[i]);
                }
                classes[row] = Integer.parseInt(fields[4].strip());
            }
            return new Banknotes(features, classes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Row i is scored in fold i mod 10: the sets of the two classes stand one after the other, so shares hold. */
    boolean isScored(int row, int fold) {
        return row % FOLDS == fold;
    }
}
