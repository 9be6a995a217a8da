package dev.starling.jobs.progress;

import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepEvent.Failed;
import dev.starling.driver.selection.search.SweepEvent.Finished;
import dev.starling.driver.selection.search.SweepEvent.Opened;
import dev.starling.driver.selection.search.SweepEvent.Paused;
import dev.starling.driver.selection.search.SweepEvent.Started;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.search.TrialState;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.sweep.TrialRows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Tells how a sweep goes: a line for each trial that pauses or ends, and below them, on a terminal, how many stand where, the best so far and the time left. Thread-safe. */
public final class SweepProgress {
    private final Screen screen;
    private final SweepSpec spec;
    private final int epochs;
    private final Map<Integer, TrialState> states = new HashMap<>();
    private final Map<Integer, Point> points = new HashMap<>();
    private int best = -1;
    private double bestValue;
    private Instant opened = Instant.EPOCH;
    private int endedThisSession;

    /** @param epochs of a whole trial */
    public SweepProgress(Screen screen, SweepSpec spec, int epochs) {
        this.screen = screen;
        this.spec = spec;
        this.epochs = epochs;
    }

    /** What happened in an earlier session: counted, not told. */
    public synchronized void heard(SweepEvent event) {
        take(event);
    }

    /** Before the first trial. */
    public synchronized void beginning(TrialRows rows, int slots) {
        String trials =
                spec.trials().isPresent() ? String.valueOf(spec.trials().getAsInt()) : "as many as the budget allows";
        RowChoice first = rows.choice(0);
        screen.line(String.format(
                Locale.ROOT,
                "trials: %s%s, of at most %d epoch%s; %,d rows to learn from, %,d to measure on%s; %d slot%s",
                trials,
                states.isEmpty() ? "" : " (" + states.size() + " begun before)",
                epochs,
                epochs == 1 ? "" : "s",
                first.train().length,
                first.validation().length + first.scored().length,
                rows.choices() == 1 ? "" : ", in each of " + rows.choices() + " folds",
                slots,
                slots == 1 ? "" : "s"));
    }

    public synchronized void happened(SweepEvent event) {
        take(event);
        if (event instanceof Opened) {
            opened = event.time();
            endedThisSession = 0;
        } else if (event instanceof Paused e) {
            screen.line(measured(e.trial(), "paused after " + e.epochs(), e.values()));
        } else if (event instanceof Finished e) {
            screen.line(measured(e.trial(), (e.stopped() ? "stopped after " : "finished ") + e.epochs(), e.values()));
        } else if (event instanceof Failed e) {
            screen.line("trial " + e.trial() + " failed: "
                    + e.cause().lines().findFirst().orElse("") + settings(e.trial()));
        }
        screen.draw(status(event.time()));
    }

    private void take(SweepEvent event) {
        if (event instanceof Opened) {
            states.replaceAll((trial, state) -> state == TrialState.RUNNING ? TrialState.INTERRUPTED : state);
        } else if (event instanceof Started e) {
            states.put(e.trial(), TrialState.RUNNING);
            points.put(e.trial(), e.point());
        } else if (event instanceof Paused e) {
            states.put(e.trial(), TrialState.PAUSED);
            compare(e.trial(), e.values());
        } else if (event instanceof Finished e) {
            states.put(e.trial(), e.stopped() ? TrialState.STOPPED : TrialState.FINISHED);
            compare(e.trial(), e.values());
            endedThisSession++;
        } else if (event instanceof Failed e) {
            states.put(e.trial(), TrialState.FAILED);
            endedThisSession++;
        }
    }

    private void compare(int trial, List<Double> values) {
        Objective objective = spec.objective();
        for (double value : values) {
            if (best < 0 || objective.loss(value) < objective.loss(bestValue)) {
                best = trial;
                bestValue = value;
            }
        }
    }

    private String measured(int trial, String state, List<Double> values) {
        Objective objective = spec.objective();
        double value = values.stream()
                .min((a, b) -> Double.compare(objective.loss(a), objective.loss(b)))
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "trial %d %s of %d epochs  %s %s%s%s",
                trial,
                state,
                epochs,
                objective.label(),
                Lines.value(value),
                best == trial ? " (best)" : "",
                settings(trial));
    }

    private String settings(int trial) {
        StringBuilder text = new StringBuilder();
        points.get(trial)
                .settings()
                .forEach((path, setting) ->
                        text.append("  ").append(path).append('=').append(setting.label()));
        return text.toString();
    }

    private String status(Instant now) {
        StringBuilder line = new StringBuilder();
        OptionalInt all = spec.trials();
        line.append("trials ").append(states.size());
        all.ifPresent(n -> line.append('/').append(n));
        for (TrialState state : TrialState.values()) {
            long count = states.values().stream().filter(s -> s == state).count();
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
        return line.append(left(now)).toString();
    }

    /** At the rate of this session; trials that pause count when they end. */
    private String left(Instant now) {
        int missing = spec.trials().orElse(0)
                - (int) states.values().stream()
                        .filter(s -> s != TrialState.RUNNING && s != TrialState.INTERRUPTED)
                        .count();
        double seconds = Duration.between(opened, now).toMillis() / 1e3;
        return missing > 0 && endedThisSession > 0
                ? "  " + Lines.duration(seconds / endedThisSession * missing) + " left"
                : "";
    }

    /** When nothing more runs. */
    public synchronized void ended(SweepPlanner planner) {
        screen.erase();
        planner.exhausted().ifPresent(why -> screen.line("the sweep ends: " + why));
        screen.line(status(opened).replaceFirst(" {2}[0-9:]+ left$", ""));
    }
}
