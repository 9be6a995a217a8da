package dev.starling.driver.checkpoint;

import dev.starling.worker.gang.Position;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What makes a folder a checkpoint: written last, it names all files and how long each is.
 *
 * @param replicas that made it
 * @param lengths in bytes, by name
 */
record CommitMark(Position position, int replicas, SortedMap<String, Long> lengths) {
    static final String NAME = "_COMMITTED";
    private static final String FILE = "file.";

    CommitMark {
        lengths = Collections.unmodifiableSortedMap(new TreeMap<>(lengths));
    }

    /** A line {@code key=value} each. */
    byte[] toBytes() {
        StringBuilder text = new StringBuilder();
        text.append("formatVersion=").append(StateFile.FORMAT_VERSION).append('\n');
        text.append("epoch=").append(position.epoch()).append('\n');
        text.append("round=").append(position.round()).append('\n');
        text.append("replicas=").append(replicas).append('\n');
        lengths.forEach((name, length) ->
                text.append(FILE).append(name).append('=').append(length).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param place for messages
     * @throws DamagedCheckpoint if it is no such text
     */
    static CommitMark fromBytes(byte[] bytes, String place) {
        Map<String, String> values = new HashMap<>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        StateFile.requireVersion(number(values, "formatVersion", place), place);
        SortedMap<String, Long> lengths = new TreeMap<>();
        for (String key : values.keySet()) {
            if (key.startsWith(FILE)) {
                lengths.put(key.substring(FILE.length()), number(values, key, place));
            }
        }
        Position position = new Position((int) number(values, "epoch", place), (int) number(values, "round", place));
        return new CommitMark(position, (int) number(values, "replicas", place), lengths);
    }

    private static long number(Map<String, String> values, String key, String place) {
        try {
            return Long.parseLong(values.getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw new DamagedCheckpoint(
                    "Cannot read " + place + ": " + key + " is " + values.get(key) + " (expected a number)");
        }
    }
}
