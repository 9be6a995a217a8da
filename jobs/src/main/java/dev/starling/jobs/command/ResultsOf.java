package dev.starling.jobs.command;

import dev.starling.driver.store.RunHistory;
import dev.starling.driver.store.RunMetrics;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.driver.store.RunMetrics.Timing;
import dev.starling.driver.training.TrainedModel;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Recorded;
import dev.starling.worker.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** From what a training tells to what a run keeps. */
final class ResultsOf {
    private static final String LOSS = "loss";

    private ResultsOf() {}

    /** @param followed metrics beside the loss */
    static RunHistory history(List<EpochReport> epochs, List<String> followed) {
        List<RunHistory.Entry> entries = new ArrayList<>();
        for (EpochReport epoch : epochs) {
            add(entries, epoch.epoch(), Split.TRAIN, epoch.train(), followed);
            epoch.validation().ifPresent(values -> add(entries, epoch.epoch(), Split.VALIDATION, values, followed));
        }
        return new RunHistory(entries);
    }

    private static void add(
            List<RunHistory.Entry> entries, int epoch, Split split, Metrics metrics, List<String> followed) {
        metrics.values().forEach((name, value) -> {
            if (name.equals(LOSS) || followed.contains(name) || Recorded.names(name)) {
                entries.add(new RunHistory.Entry(epoch, split, name, value));
            }
        });
    }

    static RunMetrics metrics(SortedMap<Split, SplitMetrics> splits, TrainedModel model, Instant start) {
        double seconds = Duration.between(start, Instant.now()).toNanos() / 1e9;
        return new RunMetrics(
                splits,
                Optional.of(new Timing(
                        seconds, model.trainingSeconds(), model.averagingSeconds(), model.examplesPerSecond())));
    }
}
