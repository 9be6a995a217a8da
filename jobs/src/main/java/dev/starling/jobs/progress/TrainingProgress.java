package dev.starling.jobs.progress;

import dev.starling.driver.training.ProgressListener;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.metrics.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells how a training goes: a line per epoch, and in between, on a terminal, a bar. Keeps the epochs, for a run that fails later. Thread-safe. */
public final class TrainingProgress implements ProgressListener {
    private final Screen screen;
    private final int epochs;
    private final int rounds;
    private final long examples;
    private final List<String> shown;
    private final List<EpochReport> done = new ArrayList<>();
    private long epochBegan = System.nanoTime();

    /**
     * For one training.
     *
     * @param epochs at most
     * @param rounds per epoch
     * @param examples trained per epoch, by the whole gang
     * @param metrics that the user follows beside the loss
     */
    public TrainingProgress(Screen screen, int epochs, int rounds, long examples, List<String> metrics) {
        this.screen = screen;
        this.epochs = epochs;
        this.rounds = rounds;
        this.examples = examples;
        this.shown = List.copyOf(metrics);
    }

    @Override
    public synchronized void round(int epoch, int round, long trained, double loss) {
        double seconds = (System.nanoTime() - epochBegan) / 1e9;
        double rate = trained / Math.max(seconds, 1e-9);
        double left = ((double) (epochs - epoch + 1) * examples - trained) / rate;
        screen.draw(Lines.bar(new Now(epoch, epochs, round, rounds, rate, loss, left)));
    }

    @Override
    public synchronized void epoch(EpochReport report) {
        done.add(report);
        epochBegan = System.nanoTime();
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
            if (name.equals("loss") || shown.contains(name)) {
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
