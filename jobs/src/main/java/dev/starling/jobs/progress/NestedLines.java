package dev.starling.jobs.progress;

import dev.starling.driver.selection.crossvalidation.FoldPlan;
import dev.starling.driver.selection.search.SweepEvent;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.SweepSpec;
import dev.starling.driver.selection.sweep.NestedJson;
import dev.starling.driver.selection.sweep.NestedJson.Chosen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tells how the searches inside folds go: a line for what each chose, and below, on a terminal, the table of the first that is under way. Thread-safe. */
public final class NestedLines implements AutoCloseable {
    private final Screen screen;
    private final FoldPlan plan;
    private final SweepSpec spec;
    private final Map<Integer, TrialTable> tables = new TreeMap<>();
    private final Ticker ticker;
    private int over;

    /** @param over folds that are done already */
    public NestedLines(Screen screen, FoldPlan plan, SweepSpec spec, int over) {
        this.screen = screen;
        this.plan = plan;
        this.spec = spec;
        this.over = over;
        this.ticker = new Ticker(screen, this::lines);
    }

    private synchronized List<String> lines(Instant now) {
        List<String> lines = new ArrayList<>(
                List.of(over + " of " + plan.size() + " folds are over, " + tables.size() + " under way"));
        tables.entrySet().stream().findFirst().ifPresent(first -> {
            lines.add(plan.label(first.getKey()) + ":");
            lines.addAll(first.getValue().lines(now));
        });
        return lines;
    }

    public synchronized void happened(int fold, SweepEvent event) {
        tables.computeIfAbsent(fold, f -> new TrialTable(spec)).take(event);
    }

    public synchronized void chosen(int fold, SweepResult search) {
        Chosen chosen = NestedJson.chosen(search);
        StringBuilder point = new StringBuilder();
        chosen.params()
                .forEach((path, value) ->
                        point.append("  ").append(path).append('=').append(value));
        screen.line(String.format(
                Locale.ROOT,
                "%s of %d chooses trial %d of %d  %s %s  %d epoch%s%s",
                plan.label(fold),
                plan.size() / plan.spec().repeats(),
                chosen.trial(),
                chosen.trials(),
                chosen.objective(),
                Lines.value(chosen.value()),
                chosen.epochs(),
                chosen.epochs() == 1 ? "" : "s",
                point));
    }

    /** A fold is over, well or not. */
    public synchronized void ended(int fold) {
        tables.remove(fold);
        over++;
    }

    @Override
    public void close() {
        ticker.close();
    }
}
