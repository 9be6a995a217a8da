package dev.starling.driver.store;

import dev.starling.worker.data.Split;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
     * @param values by metric name, in the order in which they are shown
     * @param classes in the order of their numbers; empty if the target is not classes
     * @param confusion examples: a row per true class, a column per predicted class; empty if the target is not classes
     */
    public record SplitMetrics(Map<String, Double> values, List<OfClass> classes, List<List<Long>> confusion) {
        public SplitMetrics {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            classes = List.copyOf(classes);
            confusion = confusion.stream().map(List::copyOf).toList();
        }
    }

    /** @param support examples of this class */
    public record OfClass(String name, double precision, double recall, double f1, long support) {}

    /**
     * @param seconds of the whole job, from its start to its last metric
     * @param trainingSeconds from the first step to the last averaging
     * @param averagingSeconds within them, of a replica on average, waiting included
     * @param examplesPerSecond the median of the epochs' rates over the whole gang
     */
    public record Timing(double seconds, double trainingSeconds, double averagingSeconds, double examplesPerSecond) {}
}
