package dev.starling.driver.selection.search.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One place of a space: a value for every parameter that exists there.
 *
 * @param settings by path, in the order in which they are to be set: a choice comes before what lies in it
 */
public record Point(Map<String, Setting> settings) {
    public Point {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Of a parameter whose values are numbers. */
    public double real(String path) {
        return number(path, "a number", Double::valueOf);
    }

    /** Of a parameter whose values are whole numbers. */
    public int whole(String path) {
        return number(path, "a whole number", Integer::valueOf);
    }

    private <N extends Number> N number(String path, String kind, Function<String, N> read) {
        String text = at(path).text();
        try {
            return read.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Cannot take " + path + " as " + kind + ": " + text + " (expected " + kind + ")", e);
        }
    }

    /** What a parameter was set to, as results tell it; of a choice, the option's label. */
    public String label(String path) {
        return at(path).label();
    }

    private Setting at(String path) {
        Setting setting = settings.get(path);
        if (setting == null) {
            throw new IllegalArgumentException(
                    "Cannot take " + path + ": not of this point (expected one of " + settings.keySet() + ")");
        }
        return setting;
    }

    /** As texts behind {@code --set}, in order. */
    public List<String> overrides() {
        return settings.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue().text())
                .toList();
    }
}
