package dev.starling.driver.store;

import dev.starling.worker.data.Split;
import dev.starling.worker.metrics.ClassTable;
import dev.starling.worker.metrics.Metrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The final values of a run: of the final model on each whole split.
 *
 * @param timing empty where nothing was trained (an evaluation)
 */
public record RunMetrics(SortedMap<Split, SplitMetrics> splits, Optional<Timing> timing) {
    public RunMetrics {
        splits = Collections.unmodifiableSortedMap(new TreeMap<>(splits));
    }

    /**
     * What {@code metrics.json} keeps of a split's metrics.
     *
     * @param values by metric name, in the order in which they are shown
     * @param classes empty if the target is not classes
     */
    public record SplitMetrics(Map<String, Double> values, Optional<ClassTable> classes) {
        public SplitMetrics {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        public static SplitMetrics of(Metrics metrics) {
            return new SplitMetrics(metrics.values(), metrics.classes());
        }
    }

    /**
     * @param seconds of the whole job, from its start to its last metric
     * @param trainingSeconds from the first step to the last averaging
     * @param averagingSeconds within them, of a replica on average, waiting included
     * @param examplesPerSecond the median of the epochs' rates over the whole gang
     */
    public record Timing(double seconds, double trainingSeconds, double averagingSeconds, double examplesPerSecond) {}
}
