package dev.starling.tests.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Measures rows in turn, round by round, so that a machine's moods meet all of them alike. */
final class Rounds {
    private final Map<String, Samples> samples = new LinkedHashMap<>();
    private final Neighbours neighbours;
    private final Duration patience;
    private final PrintStream progress;

    private Rounds(Duration patience, PrintStream progress, Neighbours neighbours) {
        this.neighbours = neighbours;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * One round to warm up, which does not count, then those that do. A row whose contender does not run here is left out.
     *
     * @param patience how long one measurement may wait for the machine to be quiet and be repeated where it was not; the least disturbed counts
     * @param progress told of every answer
     */
    static Rounds run(List<Row> rows, int repeats, Duration patience, PrintStream progress) {
        return run(rows, repeats, patience, progress, new Neighbours());
    }

    /** With what tells others from what is measured. */
    static Rounds run(List<Row> rows, int repeats, Duration patience, PrintStream progress, Neighbours neighbours) {
        Rounds rounds = new Rounds(patience, progress, neighbours);
        for (Row row : rows) {
            Optional<double[]> answer = row.measure();
            rounds.tell("warm-up", row, answer, "");
            answer.ifPresent(numbers -> rounds.samples.put(row.key(), new Samples()));
        }
        for (int round = 1; round <= repeats; round++) {
            for (Row row : rows) {
                if (rounds.samples.containsKey(row.key())) {
                    rounds.measure(row, round);
                }
            }
        }
        return rounds;
    }

    private void measure(Row row, int round) {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<double[]> best = Optional.empty();
        double least = Double.POSITIVE_INFINITY;
        do {
            neighbours.awaitQuiet(deadline);
            neighbours.watch();
            Optional<double[]> answer = row.measure();
            double others = neighbours.share();
            tell("round " + round, row, answer, String.format(Locale.ROOT, "  (others %.0f%%)", 100 * others));
            if (answer.isEmpty()) {
                samples.remove(row.key());
                return;
            }
            if (others < least) {
                least = others;
                best = answer;
            }
        } while (least > Neighbours.TOLERATED && System.nanoTime() < deadline);
        samples.get(row.key()).add(best.orElseThrow(), least);
    }

    private void tell(String when, Row row, Optional<double[]> answer, String more) {
        String shown = answer.map(numbers -> Arrays.stream(numbers)
                        .mapToObj(number -> String.format(Locale.ROOT, "%.4g", number))
                        .collect(Collectors.joining(" ")))
                .orElse("does not run here");
        progress.println(when + "  " + row.key() + "  " + shown + more);
    }

    /** Empty where the row did not run or was not asked for. */
    Optional<Samples> of(String key) {
        return Optional.ofNullable(samples.get(key));
    }

    /** A row's median of its first number; not a number where the row did not run. */
    double median(String key) {
        return of(key).map(row -> row.median(0)).orElse(Double.NaN);
    }
}
