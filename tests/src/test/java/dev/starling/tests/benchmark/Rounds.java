package dev.starling.tests.benchmark;

import java.io.PrintStream;
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

    private Rounds() {}

    /**
     * One round to warm up, which does not count, then those that do. A row whose contender does not run here is left out.
     *
     * @param progress told of every answer
     */
    static Rounds run(List<Row> rows, int repeats, PrintStream progress) {
        Rounds rounds = new Rounds();
        for (int round = 0; round <= repeats; round++) {
            for (Row row : rows) {
                if (round == 0 || rounds.samples.containsKey(row.key())) {
                    rounds.measure(row, round, progress);
                }
            }
        }
        return rounds;
    }

    private void measure(Row row, int round, PrintStream progress) {
        Optional<double[]> answer = row.measure();
        String shown = answer.map(numbers -> Arrays.stream(numbers)
                        .mapToObj(number -> String.format(Locale.ROOT, "%.4g", number))
                        .collect(Collectors.joining(" ")))
                .orElse("does not run here");
        progress.println((round == 0 ? "warm-up" : "round " + round) + "  " + row.key() + "  " + shown);
        if (answer.isEmpty()) {
            samples.remove(row.key());
        } else if (round == 0) {
            samples.put(row.key(), new Samples());
        } else {
            samples.get(row.key()).add(answer.get());
        }
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
