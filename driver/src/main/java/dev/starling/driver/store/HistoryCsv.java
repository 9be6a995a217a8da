package dev.starling.driver.store;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Split;
import java.util.ArrayList;
import java.util.List;

/** {@code history.csv}: {@code epoch,split,metric,value}, a value a line; no field ever needs quotes. */
final class HistoryCsv {
    private static final String HEADER = "epoch,split,metric,value";

    private HistoryCsv() {}

    /** Values are written so that reading gives the same bits. */
    static String write(RunHistory history) {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (RunHistory.Entry entry : history.entries()) {
            csv.append(entry.epoch()).append(',');
            csv.append(entry.split().label()).append(',');
            csv.append(entry.metric()).append(',');
            csv.append(entry.value()).append('\n');
        }
        return csv.toString();
    }

    /** @param place the file, for messages */
    static RunHistory parse(String csv, String place) {
        List<RunHistory.Entry> entries = new ArrayList<>();
        List<String> lines = csv.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new InvalidInput("Cannot read " + place + " line 1: " + (lines.isEmpty() ? "nothing" : lines.get(0))
                    + " (expected " + HEADER + ")");
        }
        for (int i = 1; i < lines.size(); i++) {
            entries.add(entry(lines.get(i), place + " line " + (i + 1)));
        }
        return new RunHistory(entries);
    }

    private static RunHistory.Entry entry(String line, String place) {
        String[] fields = line.split(",", -1);
        try {
            if (fields.length == 4) {
                return new RunHistory.Entry(
                        Integer.parseInt(fields[0]), split(fields[1]), fields[2], Double.parseDouble(fields[3]));
            }
        } catch (IllegalArgumentException e) {
            // Told below, with the line.
        }
        throw new InvalidInput("Cannot read " + place + ": " + line + " (expected " + HEADER + ")");
    }

    private static Split split(String label) {
        for (Split split : Split.values()) {
            if (split.label().equals(label)) {
                return split;
            }
        }
        throw new IllegalArgumentException("Cannot read split: " + label + " (expected train, validation or test)");
    }
}
