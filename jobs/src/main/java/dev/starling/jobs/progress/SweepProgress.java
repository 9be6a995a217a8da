package dev.starling.jobs.progress;

import dev.starling.driver.selection.pool.RowChoice;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepEvent.Failed;
import dev.starling.driver.selection.search.SweepEvent.Finished;
import dev.starling.driver.selection.search.SweepEvent.Paused;
import dev.starling.driver.selection.search.SweepPlanner;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.sweep.TrialRows;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Tells how a sweep goes: a line for each trial that pauses or ends. On a terminal a table takes their place, of what runs and waits, the best so far and the time left, and only what is better than all
 * before it and what failed leaves a line. Thread-safe.
 */
public final class SweepProgress implements AutoCloseable {
    private final Screen screen;
    private final SweepSpec spec;
    private final int epochs;
    private final TrialTable table;
    private final Ticker ticker;

    /** @param epochs of a whole trial */
    public SweepProgress(Screen screen, SweepSpec spec, int epochs) {
        this.screen = screen;
        this.spec = spec;
        this.epochs = epochs;
        this.table = new TrialTable(spec);
        this.ticker = new Ticker(screen, this::lines);
    }

    private synchronized List<String> lines(Instant now) {
        return table.lines(now);
    }

    /** What happened in an earlier session: counted, not told. */
    public synchronized void heard(SweepEvent event) {
        table.take(event);
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
                table.size() == 0 ? "" : " (" + table.size() + " begun before)",
                epochs,
                epochs == 1 ? "" : "s",
                first.train().length,
                first.validation().length + first.scored().length,
                rows.choices() == 1 ? "" : ", in each of " + rows.choices() + " folds",
                slots,
                slots == 1 ? "" : "s"));
    }

    public synchronized void happened(SweepEvent event) {
        boolean improves = table.take(event);
        boolean told = improves || !screen.isTerminal();
        if (event instanceof Paused e && told) {
            screen.line(measured(e.trial(), "paused after " + e.epochs(), e.values()));
        } else if (event instanceof Finished e && told) {
            screen.line(measured(e.trial(), (e.stopped() ? "stopped after " : "finished ") + e.epochs(), e.values()));
        } else if (event instanceof Failed e) {
            screen.line("trial " + e.trial() + " failed: "
                    + e.cause().lines().findFirst().orElse("") + table.settings(e.trial()));
        }
    }

    private String measured(int trial, String state, List<Double> values) {
        Objective objective = spec.objective();
        return String.format(
                Locale.ROOT,
                "trial %d %s of %d epochs  %s %s%s%s",
                trial,
                state,
                epochs,
                objective.label(),
                Lines.value(table.value(values)),
                table.isBest(trial) ? " (best)" : "",
                table.settings(trial));
    }

    /** When nothing more runs. */
    public synchronized void ended(SweepPlanner planner) {
        screen.erase();
        planner.exhausted().ifPresent(why -> screen.line("the sweep ends: " + why));
        screen.line(table.status());
    }

    @Override
    public void close() {
        ticker.close();
    }
}
