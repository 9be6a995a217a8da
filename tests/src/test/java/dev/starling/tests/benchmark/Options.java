package dev.starling.tests.benchmark;

import dev.starling.worker.InvalidInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code --name value} pairs of a benchmark's command line. */
record Options(Map<String, String> values) {
    Options {
        values = Map.copyOf(values);
    }

    /** @throws InvalidInput for a word that is none of the known options, or without a value */
    static Options parse(String[] arguments, String... known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!List.of(known).contains(name) || i + 1 == arguments.length) {
                throw new InvalidInput("Cannot read option " + arguments[i] + " (expected one of " + List.of(known)
                        + ", each with -- before and a value behind it)");
            }
            values.put(name, arguments[i + 1]);
        }
        return new Options(values);
    }

    String text(String name, String defaultValue) {
        return values.getOrDefault(name, defaultValue);
    }

    /** At least 1. */
    int count(String name, int defaultValue) {
        String text = text(name, Integer.toString(defaultValue));
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new InvalidInput("Cannot read --" + name + ": " + text + " (expected a whole number from 1)");
        }
        return Integer.parseInt(text);
    }

    /** {@code --patience}: seconds that a measurement may wait for a quiet machine. */
    Duration patience() {
        return patience(60);
    }

    Duration patience(int defaultSeconds) {
        return Duration.ofSeconds(count("patience", defaultSeconds));
    }
}
