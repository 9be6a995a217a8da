package dev.starling.tests.benchmark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Times of one part of model selection, in Markdown; the first row is what the others are compared with. */
record SelectionTable(PrintStream out) {
    /** @param unit what is trained so many times: fold, trial */
    void print(String title, String unit, List<Row> rows, Rounds rounds) {
        out.println("## " + title);
        out.println();
        out.println("| | seconds | times the first row | ms per " + unit + " beyond its epochs |");
        out.println("|---|---|---|---|");
        double first = rounds.median(rows.get(0).key());
        for (Row row : rows) {
            Optional<Samples> samples = rounds.of(row.key());
            out.println("| " + row.label() + " | "
                    + samples.map(s -> cells(s, first)).orElse("does not run here | |") + " |");
        }
        out.println();
    }

    private static String cells(Samples samples, double first) {
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f–%.3f) | %.2f | %s",
                samples.median(0),
                samples.least(0),
                samples.most(0),
                samples.median(0) / first,
                samples.numbers() > 1 ? String.format(Locale.ROOT, "%.1f", samples.median(1)) : "");
    }
}
