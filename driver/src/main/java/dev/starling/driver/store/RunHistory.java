package dev.starling.driver.store;

import dev.starling.worker.data.Split;
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
