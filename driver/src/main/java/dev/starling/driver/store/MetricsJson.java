package dev.starling.driver.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.driver.store.RunMetrics.Timing;
import dev.starling.worker.data.Split;
import dev.starling.worker.metrics.ClassTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code metrics.json}, and what {@code evaluate} prints. Doubles are written so that reading gives the same bits. */
public final class MetricsJson {
    private static final String TIMING = "timing";
    private static final String CLASSES = "classes";
    private static final String CONFUSION = "confusion";

    private MetricsJson() {}

    /** One object, with a line end. A value that is not a number (JSON has none) is {@code null}. */
    public static String write(RunMetrics metrics) {
        ObjectNode root = Json.object();
        metrics.splits().forEach((split, values) -> write(values, root.putObject(split.label())));
        metrics.timing().ifPresent(timing -> root.putObject(TIMING)
                .put("seconds", timing.seconds())
                .put("trainingSeconds", timing.trainingSeconds())
                .put("averagingSeconds", timing.averagingSeconds())
                .put("examplesPerSecond", timing.examplesPerSecond()));
        return Json.text(root);
    }

    private static void write(SplitMetrics metrics, ObjectNode object) {
        metrics.values().forEach((name, value) -> object.put(name, finite(value)));
        metrics.classes().ifPresent(table -> write(table, object));
    }

    private static void write(ClassTable table, ObjectNode object) {
        ArrayNode classes = object.putArray(CLASSES);
        for (ClassTable.Row each : table.rows()) {
            classes.addObject()
                    .put("name", each.name())
                    .put("precision", finite(each.precision()))
                    .put("recall", finite(each.recall()))
                    .put("f1", finite(each.f1()))
                    .put("support", each.support());
        }
        ArrayNode confusion = object.putArray(CONFUSION);
        for (List<Long> row : table.confusion()) {
            ArrayNode cells = confusion.addArray();
            row.forEach(cells::add);
        }
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }

    /** @param place the file, for messages */
    public static RunMetrics parse(String json, String place) {
        JsonNode root = Json.parse(json, place);
        SortedMap<Split, SplitMetrics> splits = new TreeMap<>();
        for (Split split : Split.values()) {
            if (root.has(split.label())) {
                splits.put(split, split(Json.child(root, split.label(), place), place));
            }
        }
        // Without splits it is of something else than one training, whose times are others.
        boolean timed = !splits.isEmpty() && root.has(TIMING);
        return new RunMetrics(splits, timed ? Optional.of(timing(root.get(TIMING), place)) : Optional.empty());
    }

    private static Timing timing(JsonNode object, String place) {
        return new Timing(
                Json.number(object, "seconds", place),
                Json.number(object, "trainingSeconds", place),
                Json.number(object, "averagingSeconds", place),
                Json.number(object, "examplesPerSecond", place));
    }

    private static SplitMetrics split(JsonNode object, String place) {
        Map<String, Double> values = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> {
            if (field.getValue().isNumber() || field.getValue().isNull()) {
                values.put(field.getKey(), numberOrNaN(field.getValue()));
            }
        });
        return new SplitMetrics(values, object.has(CLASSES) ? Optional.of(classes(object, place)) : Optional.empty());
    }

    private static ClassTable classes(JsonNode object, String place) {
        List<ClassTable.Row> rows = new ArrayList<>();
        for (JsonNode each : Json.child(object, CLASSES, place)) {
            rows.add(new ClassTable.Row(
                    Json.string(each, "name", place),
                    numberOrNaN(each.path("precision")),
                    numberOrNaN(each.path("recall")),
                    numberOrNaN(each.path("f1")),
                    Json.wide(each, "support", place)));
        }
        return new ClassTable(rows, confusion(object.path(CONFUSION)));
    }

    private static List<List<Long>> confusion(JsonNode rows) {
        List<List<Long>> confusion = new ArrayList<>();
        for (JsonNode row : rows) {
            List<Long> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.longValue()));
            confusion.add(cells);
        }
        return confusion;
    }

    private static double numberOrNaN(JsonNode value) {
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }
}
