package dev.starling.driver.selection.search.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One place of a space: a value for every parameter that exists there.
 *
 * @param settings by path, in the order in which they are to be set: a choice comes before what lies in it
 */
public record Point(Map<String, Setting> settings) {
    public Point {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** As texts behind {@code --set}, in order. */
    public List<String> overrides() {
        return settings.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue().text())
                .toList();
    }
}
