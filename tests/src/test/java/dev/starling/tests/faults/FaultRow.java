package dev.starling.tests.faults;

import java.util.List;
import java.util.Locale;

/** A row of the table of faults, {@code tests/results/faults.md}. */
final class FaultRow {
    private FaultRow() {}

    /**
     * Prints it.
     *
     * @param end what the run came to
     * @param start of the fault, of {@link System#nanoTime}; it was dealt with now
     * @param told of the fault by the run
     */
    static void print(String fault, Layout layout, String end, long start, List<String> told) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.1f s | %s |%n",
                fault,
                layout,
                end,
                (System.nanoTime() - start) / 1e9,
                String.join("; ", told));
    }
}
