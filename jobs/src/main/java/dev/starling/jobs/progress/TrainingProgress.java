package dev.starling.jobs.progress;

import dev.starling.driver.training.Attempt;
import dev.starling.driver.training.ProgressListener;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Position;
import dev.starling.worker.metrics.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells how a training goes: a line per epoch, and in between, on a terminal, a bar. Keeps the epochs, for a run that fails later. Thread-safe. */
public final class TrainingProgress implements ProgressListener {
    private final Screen screen;
    private final int epochs;
    private final List<String> followed;
    private final List<EpochReport> done = new ArrayList<>();

    /**
     * For one training.
     *
     * @param epochs at most
     * @param followed metrics that the user wants beside the loss
     */
    public TrainingProgress(Screen screen, int epochs, List<String> followed) {
        this.screen = screen;
        this.epochs = epochs;
        this.followed = List.copyOf(followed);
    }

    @Override
    public synchronized void attempt(Attempt attempt) {
        int epochsBefore = attempt.from().map(Position::epoch).orElse(0);
        done.removeIf(report -> report.epoch() > epochsBefore);
        if (attempt.cause().isPresent() || attempt.from().isPresent()) {
            screen.line(Lines.attempt(attempt));
        }
    }

    @Override
    public void round(RoundProgress progress) {
        screen.draw(Lines.bar(progress));
    }

    @Override
    public synchronized void epoch(EpochReport report) {
        done.add(report);
        screen.line(Lines.epoch(
                report.epoch(),
                epochs,
                shown(report.train()),
                report.validation().map(this::shown).orElse(Map.of()),
                report.examplesPerSecond()));
    }

    private Map<String, Double> shown(Metrics metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.values().forEach((name, value) -> {
            if (name.equals("loss") || followed.contains(name)) {
                values.put(name, value);
            }
        });
        return values;
    }

    /** The epochs that have ended. */
    public synchronized List<EpochReport> epochs() {
        return List.copyOf(done);
    }
}
