package dev.starling.worker;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The nearest of several names, for "did you mean". */
public final class Nearest {
    private Nearest() {}

    /**
     * The name with the fewest edits (Levenshtein), case apart; of equals the first.
     *
     * @param names at least one
     */
    public static String of(String wanted, Collection<String> names) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt((String name) -> edits(lower, name.toLowerCase(Locale.ROOT))))
                .orElseThrow();
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
