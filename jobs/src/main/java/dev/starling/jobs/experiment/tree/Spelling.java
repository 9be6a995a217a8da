package dev.starling.jobs.experiment.tree;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which word was meant. */
final class Spelling {
    /** Short names of Keras and of habit. */
    private static final Map<String, String> SHORT = Map.of(
            "mse",
            "meanSquaredError",
            "mae",
            "meanAbsoluteError",
            "bce",
            "binaryCrossentropy",
            "cce",
            "categoricalCrossentropy",
            "crossentropy",
            "categoricalCrossentropy",
            "batchnorm",
            "batchNormalization",
            "maxpool",
            "maxPooling2d");

    private Spelling() {}

    /** The valid word nearest to what was written, if it is near: at most a third of its letters differ, or only upper and lower case do, or it is a short name of it. */
    static Optional<String> nearest(String written, Collection<String> valid) {
        String meant = SHORT.getOrDefault(written.toLowerCase(Locale.ROOT), written);
        if (valid.contains(meant)) {
            return Optional.of(meant);
        }
        return valid.stream()
                .min(Comparator.comparingInt(word -> distance(written, word)))
                .filter(word -> distance(written, word) <= Math.max(1, word.length() / 3));
    }

    /** Changed, missing, added and swapped letters (Damerau and Levenshtein, optimal string alignment), upper and lower case alike. */
    static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : least(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int least(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
