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

    /** Levenshtein's distance, upper and lower case alike. */
    static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
