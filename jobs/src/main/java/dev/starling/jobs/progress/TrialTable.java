package dev.starling.jobs.progress;

import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepEvent.Failed;
import dev.starling.driver.selection.search.SweepEvent.Finished;
import dev.starling.driver.selection.search.SweepEvent.OfTrial;
import dev.starling.driver.selection.search.SweepEvent.Opened;
import dev.starling.driver.selection.search.SweepEvent.Paused;
import dev.starling.driver.selection.search.SweepEvent.Planned;
import dev.starling.driver.selection.search.SweepEvent.Started;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.space.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A sweep as a few lines that fit a terminal of 80 columns: how many trials stand where, the best so far, the time left, and the trials that matter now. Not thread-safe. */
final class TrialTable {
    private static final int COLUMNS = 79;
    private static final int MOST_RUNNING = 6;
    private static final int NEWEST = 2;
    /** In this order, below the best one. */
    private static final List<TrialState> SHOWN =
            List.of(TrialState.RUNNING, TrialState.PAUSED, TrialState.FINISHED, TrialState.STOPPED, TrialState.FAILED);

    private final SweepSpec spec;
    private final Map<Integer, Row> rows = new TreeMap<>();
    private final Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
    private int best = -1;
    private double bestValue;
    private Instant opened = Instant.EPOCH;
    private int endedThisSession;

    /**
     * @param since when it came to be so
     * @param value the best of it so far; NaN while there is none
     */
    private record Row(
            int trial, TrialState state, Point point, int from, int to, Instant since, double value, String cause) {
        Row now(TrialState next, Instant time, double better, String why) {
            return new Row(trial, next, point, from, to, time, better, why);
        }
    }

    TrialTable(SweepSpec spec) {
        this.spec = spec;
    }

    /** @return whether there is a new best trial */
    boolean take(SweepEvent event) {
        if (event instanceof Opened) {
            opened = event.time();
            endedThisSession = 0;
            rows.values().stream()
                    .filter(row -> row.state == TrialState.RUNNING)
                    .toList()
                    .forEach(row -> put(row.now(TrialState.INTERRUPTED, event.time(), row.value, "")));
            return false;
        }
        int trial = ((OfTrial) event).trial();
        if (event instanceof Planned) {
            return false; // It counts when it begins.
        }
        if (event instanceof Started e) {
            double value = Optional.ofNullable(rows.get(trial)).map(Row::value).orElse(Double.NaN);
            put(new Row(trial, TrialState.RUNNING, e.point(), e.from(), e.to(), e.time(), value, ""));
            return false;
        }
        endedThisSession += event instanceof Paused ? 0 : 1;
        if (event instanceof Failed e) {
            put(rows.get(trial).now(TrialState.FAILED, e.time(), Double.NaN, e.cause()));
            return false;
        }
        return event instanceof Paused e
                ? measured(trial, TrialState.PAUSED, e.time(), e.values())
                : measured(trial, state((Finished) event), event.time(), ((Finished) event).values());
    }

    private static TrialState state(Finished event) {
        return event.stopped() ? TrialState.STOPPED : TrialState.FINISHED;
    }

    private boolean measured(int trial, TrialState state, Instant time, List<Double> values) {
        double value = better(rows.get(trial).value, value(values));
        put(rows.get(trial).now(state, time, value, ""));
        boolean improves = best < 0 || loss(value) < loss(bestValue);
        if (improves) {
            best = trial;
            bestValue = value;
        }
        return improves;
    }

    private void put(Row row) {
        Row before = rows.put(row.trial, row);
        if (before != null) {
            counts.merge(before.state, -1, Integer::sum);
        }
        counts.merge(row.state, 1, Integer::sum);
    }

    /** The best of some values of the objective. */
    double value(List<Double> values) {
        return values.stream().min(Comparator.comparingDouble(this::loss)).orElse(Double.NaN);
    }

    private double better(double one, double other) {
        return Double.isNaN(one) || loss(other) < loss(one) ? other : one;
    }

    private double loss(double value) {
        Objective objective = spec.objective();
        return objective.loss(value);
    }

    /** Trials begun. */
    int size() {
        return rows.size();
    }

    boolean isBest(int trial) {
        return best == trial;
    }

    /** Its point, with whole paths. */
    String settings(int trial) {
        StringBuilder text = new StringBuilder();
        rows.get(trial).point.settings().forEach((path, setting) -> text.append("  ")
                .append(path)
                .append('=')
                .append(setting.label()));
        return text.toString();
    }

    /** How many stand where, and the best so far. */
    String status() {
        StringBuilder line = new StringBuilder("trials ").append(rows.size());
        spec.trials().ifPresent(n -> line.append('/').append(n));
        for (TrialState state : TrialState.values()) {
            int count = counts.getOrDefault(state, 0);
            if (count > 0) {
                line.append("  ").append(count).append(' ').append(state.label());
            }
        }
        if (best >= 0) {
            line.append("  best ")
                    .append(Lines.value(bestValue))
                    .append(" (")
                    .append(best)
                    .append(')');
        }
        return line.toString();
    }

    /** The status with the time left, and a line for each trial that matters now. */
    List<String> lines(Instant now) {
        List<String> lines = new ArrayList<>(List.of(fit(status() + left(now))));
        if (rows.isEmpty()) {
            return lines;
        }
        lines.add(String.format(
                Locale.ROOT, "%6s  %-8s %9s %9s %7s  point", "trial", "state", "epochs", "value", "since"));
        if (best >= 0) {
            lines.add(line(rows.get(best), "best", now));
        }
        for (TrialState state : SHOWN) {
            int most = state == TrialState.RUNNING ? MOST_RUNNING : NEWEST;
            rows.values().stream()
                    .filter(row -> row.state == state)
                    .filter(row -> row.trial != best || state == TrialState.RUNNING)
                    .sorted(Comparator.comparing(Row::since).reversed().thenComparingInt(Row::trial))
                    .limit(most)
                    .forEach(row -> lines.add(line(row, state.label(), now)));
        }
        return lines;
    }

    private static String line(Row row, String state, Instant now) {
        String epochs =
                row.from == 0 || row.state != TrialState.RUNNING ? String.valueOf(row.to) : row.from + "-" + row.to;
        String what = row.cause.isEmpty()
                ? point(row.point)
                : row.cause.lines().findFirst().orElse("");
        return fit(String.format(
                Locale.ROOT,
                "%6d  %-8s %9s %9s %7s  %s",
                row.trial,
                state,
                epochs,
                Double.isNaN(row.value) ? "" : Lines.value(row.value),
                Lines.duration(Math.max(0, Duration.between(row.since, now).toMillis() / 1e3)),
                what));
    }

    /** With the last key of each path alone. */
    private static String point(Point point) {
        StringBuilder text = new StringBuilder();
        point.settings().forEach((path, setting) -> text.append(path.substring(path.lastIndexOf('.') + 1))
                .append('=')
                .append(setting.label())
                .append(' '));
        return text.toString().strip();
    }

    private static String fit(String line) {
        return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 2) + "..";
    }

    /** At the rate of this session; trials that pause count when they end. Where time is the budget, what is left of it in this session if that is less. */
    private String left(Instant now) {
        double seconds = Duration.between(opened, now).toMillis() / 1e3;
        int open = counts.getOrDefault(TrialState.RUNNING, 0) + counts.getOrDefault(TrialState.INTERRUPTED, 0);
        int missing = spec.trials().orElse(0) - (rows.size() - open);
        double byRate = missing > 0 && endedThisSession > 0 ? seconds / endedThisSession * missing : Double.NaN;
        double byTime = spec.budget()
                .maxTime()
                .map(most -> Math.max(0, most.toMillis() / 1e3 - seconds))
                .orElse(Double.NaN);
        double left = Double.isNaN(byRate) ? byTime : Double.isNaN(byTime) ? byRate : Math.min(byRate, byTime);
        return Double.isNaN(left) ? "" : "  " + Lines.duration(left) + " left";
    }
}
