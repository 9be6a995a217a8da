package dev.starling.worker.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What sums over examples came to.
 *
 * @param examples how many there were
 * @param values by name, in the order of metrics.json; {@code loss} is the first
 * @param classes for classes only
 */
public record Metrics(long examples, Map<String, Double> values, Optional<ClassTable> classes) {
    public Metrics {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Empty where there is no such metric. */
    public OptionalDouble value(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The same, and more values behind them. */
    public Metrics with(Map<String, Double> more) {
        Map<String, Double> all = new LinkedHashMap<>(values);
        all.putAll(more);
        return new Metrics(examples, all, classes);
    }

    public double loss() {
        return values.get("loss");
    }
}
