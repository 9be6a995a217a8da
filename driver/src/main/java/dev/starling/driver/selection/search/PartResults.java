package dev.starling.driver.selection.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What the parts of one trial came to, until all are there. */
final class PartResults {
    private final Measurement[] parts;

    PartResults(int parts) {
        this.parts = new Measurement[parts];
    }

    void put(int part, Measurement measurement) {
        parts[part] = measurement;
    }

    boolean complete() {
        return Arrays.stream(parts).allMatch(Objects::nonNull);
    }

    /** Of all parts, epoch by epoch; a part that ended itself keeps its last value. */
    List<Double> means() {
        int epochs = Arrays.stream(parts).mapToInt(m -> m.values().length).max().orElseThrow();
        List<Double> means = new ArrayList<>();
        for (int e = 0; e < epochs; e++) {
            double sum = 0;
            for (Measurement part : parts) {
                sum += part.values()[Math.min(e, part.values().length - 1)];
            }
            means.add(sum / parts.length);
        }
        return means;
    }

    double seconds() {
        return Arrays.stream(parts).mapToDouble(Measurement::seconds).sum();
    }
}
