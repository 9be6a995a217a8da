package dev.starling.driver.selection.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.selection.search.SweepEvent.Failed;
import dev.starling.driver.selection.search.SweepEvent.Finished;
import dev.starling.driver.selection.search.SweepEvent.OfTrial;
import dev.starling.driver.selection.search.SweepEvent.Opened;
import dev.starling.driver.selection.search.SweepEvent.Paused;
import dev.starling.driver.selection.search.SweepEvent.Planned;
import dev.starling.driver.selection.search.SweepEvent.Started;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.driver.store.Json;
import dev.starling.worker.InvalidInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sweep's events as lines of {@code journal.jsonl}. Numbers are written so that reading gives the same bits; events that this version does not know are passed over. */
public final class EventJson {
    private static final int FORMAT_VERSION = 1;

    private EventJson() {}

    /** One object on one line, without a line end. */
    public static String write(SweepEvent event) {
        ObjectNode json = Json.object();
        json.put("event", name(event));
        json.put("time", event.time().toString());
        if (event instanceof OfTrial ofTrial) {
            json.put("trial", ofTrial.trial());
        } else {
            json.put("formatVersion", FORMAT_VERSION);
        }
        if (event instanceof Planned e) {
            write(e.point(), json.putObject("params"));
        } else if (event instanceof Started e) {
            json.put("from", e.from()).put("to", e.to());
            write(e.point(), json.putObject("params"));
        } else if (event instanceof Paused e) {
            measured(json, e.epochs(), e.values(), e.seconds());
        } else if (event instanceof Finished e) {
            measured(json, e.epochs(), e.values(), e.seconds()).put("stopped", e.stopped());
        } else if (event instanceof Failed e) {
            json.put("cause", e.cause());
        }
        return Json.line(json);
    }

    private static String name(SweepEvent event) {
        return event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    static void write(Point point, ObjectNode params) {
        point.settings().forEach((path, setting) -> {
            if (setting instanceof Setting.Real real) {
                params.put(path, real.value());
            } else if (setting instanceof Setting.Whole whole) {
                params.put(path, whole.value());
            } else {
                params.put(path, setting.label());
            }
        });
    }

    private static ObjectNode measured(ObjectNode json, int epochs, List<Double> values, double seconds) {
        json.put("epochs", epochs).put("seconds", seconds);
        ArrayNode array = json.putArray("values");
        values.forEach(array::add);
        return json;
    }

    /**
     * The events of a journal.
     *
     * @param place the file, for messages
     * @throws InvalidInput if a line is no event of a sweep over this space
     */
    public static List<SweepEvent> parse(List<String> lines, Space space, String place) {
        List<SweepEvent> events = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String at = place + " line " + (i + 1);
            JsonNode json = Json.parse(lines.get(i), at);
            Instant time = Json.instant(json, "time", at);
            switch (Json.string(json, "event", at)) {
                case "opened" -> events.add(new Opened(time));
                case "planned" -> events.add(new Planned(time, trial(json, at), point(json, space, at)));
                case "started" -> events.add(started(json, time, space, at));
                case "paused" ->
                    events.add(new Paused(
                            time,
                            trial(json, at),
                            Json.integer(json, "epochs", at),
                            values(json, at),
                            seconds(json, at)));
                case "finished" ->
                    events.add(new Finished(
                            time,
                            trial(json, at),
                            Json.integer(json, "epochs", at),
                            values(json, at),
                            seconds(json, at),
                            json.path("stopped").booleanValue()));
                case "failed" -> events.add(new Failed(time, trial(json, at), Json.string(json, "cause", at)));
                default -> {} // Of a later version.
            }
        }
        return events;
    }

    private static int trial(JsonNode json, String at) {
        return Json.integer(json, "trial", at);
    }

    private static double seconds(JsonNode json, String at) {
        return Json.number(json, "seconds", at);
    }

    private static List<Double> values(JsonNode json, String at) {
        List<Double> values = new ArrayList<>();
        Json.child(json, "values", at).forEach(value -> values.add(value.doubleValue()));
        return values;
    }

    private static Started started(JsonNode json, Instant time, Space space, String at) {
        Point point = point(json, space, at);
        return new Started(time, trial(json, at), point, Json.integer(json, "from", at), Json.integer(json, "to", at));
    }

    /** @param json with {@code params} */
    static Point point(JsonNode json, Space space, String at) {
        Map<String, String> labels = new HashMap<>();
        Json.child(json, "params", at)
                .fields()
                .forEachRemaining(f -> labels.put(f.getKey(), f.getValue().asText()));
        try {
            return space.parse(labels);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("Cannot read " + at + ": " + e.getMessage());
        }
    }
}
