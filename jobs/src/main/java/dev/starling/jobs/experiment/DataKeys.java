package dev.starling.jobs.experiment;

import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.jobs.experiment.tree.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys of {@code data} in a sweep's space. Scales and pseudo-labels are found by each trial on rows that all share. Some keys say how the sources are read, for which each of their options is read once. The others say which rows and targets there
 * are: by them trials could not be compared, and the test rows would not be the same.
 */
public final class DataKeys {
    /** So many copies of the data lie on the cluster together. */
    private static final int MOST_READINGS = 16;

    private static final String SCALES = "data\\.(scale|targetScale|pseudoLabels)([.\\[].*)?";
    private static final String READINGS =
            "data\\.(products|train\\.(features|drop|categorical|missing(\\.(policy|values))?))";

    static final String EXPECTED =
            "of data only scale, targetScale, pseudoLabels, products, and of train features, drop, categorical and missing";

    private DataKeys() {}

    private static boolean isReading(Parameter parameter) {
        return parameter.path().matches(READINGS);
    }

    /** Tells keys that cannot be searched. */
    static void check(Reading reading, Space space) {
        long readings = 1;
        for (Parameter parameter : space.parameters()) {
            String place = "sweep.space." + parameter.path();
            if (isReading(parameter)) {
                boolean finite = parameter.dimension() instanceof Choice choice
                        && choice.options().stream().allMatch(o -> o.inner().isEmpty());
                if (!finite) {
                    reading.problemAt(place, parameter.dimension().describe(), "a choice, without ranges inside");
                    return;
                }
                readings *= ((Choice) parameter.dimension()).options().size();
            } else if (parameter.path().matches("data([.\\[].*)?")
                    && !parameter.path().matches(SCALES)) {
                reading.problemAt(place, "a key that says which rows and targets trials are compared by", EXPECTED);
            }
        }
        if (readings > MOST_READINGS) {
            reading.problemAt("sweep.space", readings + " ways to read the data", "at most " + MOST_READINGS);
        }
    }

    /** Overrides for every way in which the trials of a sweep may read their data; none where all read them as the experiment does. */
    public static List<List<String>> readings(Experiment experiment) {
        List<List<String>> all = new ArrayList<>();
        for (Parameter parameter : experiment.sweep().orElseThrow().space().parameters()) {
            if (isReading(parameter)) {
                List<List<String>> before = all.isEmpty() ? List.of(List.<String>of()) : List.copyOf(all);
                all.clear();
                Choice choice = (Choice) parameter.dimension();
                for (List<String> others : before) {
                    for (Choice.Option option : choice.options()) {
                        List<String> overrides = new ArrayList<>(others);
                        overrides.add(parameter.path() + "=" + option.text());
                        all.add(overrides);
                    }
                }
            }
        }
        return all;
    }
}
