package dev.starling.driver.store;

import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Recorded;
import dev.starling.worker.metrics.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * How metrics went, epoch by epoch.
 *
 * @param entries in the order of epochs
 */
public record RunHistory(List<Entry> entries) {
    public RunHistory {
        entries = List.copyOf(entries);
    }

    /**
     * One value.
     *
     * @param epoch from 1
     * @param metric name as in metrics.json
     */
    public record Entry(int epoch, Split split, String metric, double value) {}

    /** All values of a training's epochs. */
    public static RunHistory of(List<EpochReport> reports) {
        List<Entry> entries = new ArrayList<>();
        for (EpochReport report : reports) {
            add(entries, report.epoch(), Split.TRAIN, report.train());
            report.validation().ifPresent(values -> add(entries, report.epoch(), Split.VALIDATION, values));
        }
        return new RunHistory(entries);
    }

    private static void add(List<Entry> entries, int epoch, Split split, Metrics metrics) {
        metrics.values().forEach((name, value) -> entries.add(new Entry(epoch, split, name, value)));
    }

    /** Of the loss and these metrics alone. */
    public RunHistory following(List<String> followed) {
        return new RunHistory(entries.stream()
                .filter(entry -> entry.metric().equals("loss")
                        || followed.contains(entry.metric())
                        || Recorded.names(entry.metric()))
                .toList());
    }

    /** Names, in the order of their first appearance. */
    public List<String> metrics() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        entries.forEach(entry -> names.add(entry.metric()));
        return List.copyOf(names);
    }

    /** What one metric was on one split, in the order of epochs; empty if it was not measured. */
    public List<Entry> of(Split split, String metric) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.split() == split && entry.metric().equals(metric)) {
                found.add(entry);
            }
        }
        return found;
    }
}
