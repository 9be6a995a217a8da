package dev.starling.tests.benchmark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table of rates, in Markdown. */
final class Table {
    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    void header(String title, String machine, int repeats) {
        out.println("# " + title);
        out.println();
        out.println("Medians of " + repeats + " rounds after one to warm up, all rows in turn in each. " + machine
                + ". The last column is the largest share of the machine that other processes took in a round.");
    }

    /** Rates; and for rows that have them, shares of time in averaging. */
    void rates(String title, List<Row> rows, Rounds rounds) {
        out.println();
        out.println("## " + title);
        out.println();
        out.println(
                "| set-up | examples/s | least–most | averaging, waiting included | without waiting | measured on | others |");
        out.println("|---|---|---|---|---|---|---|");
        for (Row row : rows) {
            Optional<Samples> samples = rounds.of(row.key());
            out.println("| " + row.label() + " | " + samples.map(Table::rate).orElse("does not run here | ") + " | "
                    + samples.map(Table::shares).orElse(" | ") + " | " + row.note() + " | "
                    + samples.map(s -> percent(s.disturbance())).orElse("") + " |");
        }
    }

    private static String rate(Samples samples) {
        return number(samples.median(0)) + " | " + number(samples.least(0)) + "–" + number(samples.most(0));
    }

    private static String shares(Samples samples) {
        return samples.numbers() < 3 ? " | " : percent(samples.median(1)) + " | " + percent(samples.median(2));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
