package dev.starling.driver.selection.crossvalidation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.selection.crossvalidation.Comparison.Difference;
import dev.starling.driver.selection.crossvalidation.Summary.Interval;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.metrics.ClassTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code metrics.json} of a cross-validation, and {@code comparison.json}. Doubles are written so that reading gives the same bits. */
public final class CrossValidationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FOLDS = "folds";

    private CrossValidationJson() {}

    /**
     * What {@code metrics.json} holds.
     *
     * @param folds values on the scored rows, by metric
     */
    public record Stored(
            List<Map<String, Double>> folds,
            Map<String, Double> mean,
            Map<String, Double> std,
            Map<String, Interval> interval,
            Optional<ClassTable> pooled,
            Optional<Roc> roc,
            Optional<EnsembleJson.Stored> ensemble) {}

    public static String write(CrossValidationResult result, double seconds) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode folds = root.putArray(FOLDS);
        for (FoldResult fold : result.folds()) {
            ObjectNode object = folds.addObject();
            fold.scored().forEach((name, value) -> put(object, name, value));
        }
        Summary summary = result.summary();
        put(root.putObject("mean"), summary.mean());
        put(root.putObject("std"), summary.std());
        ObjectNode intervals = root.putObject("interval");
        summary.interval().forEach((name, interval) -> put(intervals, name, interval));
        result.pooled().ifPresent(table -> write(table, root.putObject("pooled")));
        result.roc().ifPresent(roc -> write(roc, root.putObject("roc")));
        result.ensemble().ifPresent(ensemble -> EnsembleJson.write(ensemble, root.putObject("ensemble")));
        root.putObject("timing")
                .put("seconds", seconds)
                .put(
                        "trainingSeconds",
                        result.folds().stream()
                                .mapToDouble(FoldResult::trainingSeconds)
                                .sum());
        return text(root);
    }

    private static void put(ObjectNode object, Map<String, Double> values) {
        values.forEach((name, value) -> put(object, name, value));
    }

    private static void put(ObjectNode object, String name, double value) {
        if (Double.isFinite(value)) {
            object.put(name, value);
        } else {
            object.putNull(name);
        }
    }

    private static void put(ObjectNode object, String name, Interval interval) {
        object.putArray(name).add(interval.low()).add(interval.high());
    }

    private static void write(ClassTable table, ObjectNode object) {
        ArrayNode classes = object.putArray("classes");
        for (ClassTable.Row row : table.rows()) {
            ObjectNode each = classes.addObject().put("name", row.name());
            put(each, "precision", row.precision());
            put(each, "recall", row.recall());
            put(each, "f1", row.f1());
            each.put("support", row.support());
        }
        ArrayNode confusion = object.putArray("confusion");
        for (List<Long> row : table.confusion()) {
            ArrayNode cells = confusion.addArray();
            row.forEach(cells::add);
        }
    }

    private static void write(Roc roc, ObjectNode object) {
        object.put("auc", roc.auc());
        ArrayNode points = object.putArray("points");
        roc.points()
                .forEach(point -> points.addArray().add(point.falsePositives()).add(point.truePositives()));
    }

    /** @param against the other experiment's name */
    public static String write(Comparison comparison, String against) {
        ObjectNode root = MAPPER.createObjectNode().put("against", against);
        ObjectNode metrics = root.putObject("metrics");
        for (Map.Entry<String, Difference> entry : comparison.metrics().entrySet()) {
            Difference difference = entry.getValue();
            ObjectNode object = metrics.putObject(entry.getKey());
            put(object, "difference", difference.mean());
            put(object, "std", difference.std());
            put(object, "interval", difference.interval());
            put(object, "t", difference.t());
            put(object, "p", difference.p());
        }
        return text(root);
    }

    private static String text(ObjectNode root) {
        try {
            DefaultPrettyPrinter printer =
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
            return MAPPER.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Empty where the text is of another kind of run. */
    public static Optional<Stored> parse(String json) {
        JsonNode root = tree(json);
        if (!root.path(FOLDS).isArray()) {
            return Optional.empty();
        }
        List<Map<String, Double>> folds = new ArrayList<>();
        root.get(FOLDS).forEach(fold -> folds.add(numbers(fold)));
        Map<String, Interval> intervals = new LinkedHashMap<>();
        root.path("interval")
                .fields()
                .forEachRemaining(field -> intervals.put(field.getKey(), interval(field.getValue())));
        return Optional.of(new Stored(
                folds,
                numbers(root.path("mean")),
                numbers(root.path("std")),
                intervals,
                root.has("pooled") ? Optional.of(table(root.get("pooled"))) : Optional.empty(),
                root.has("roc") ? Optional.of(roc(root.get("roc"))) : Optional.empty(),
                root.has("ensemble") ? Optional.of(EnsembleJson.parse(root.get("ensemble"))) : Optional.empty()));
    }

    /** A stored comparison: the other's name, and the differences. */
    public record StoredComparison(String against, Comparison comparison) {}

    public static StoredComparison parseComparison(String json) {
        JsonNode root = tree(json);
        Map<String, Difference> metrics = new LinkedHashMap<>();
        root.path("metrics").fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            metrics.put(
                    field.getKey(),
                    new Difference(
                            number(value, "difference"),
                            number(value, "std"),
                            interval(value.path("interval")),
                            number(value, "t"),
                            number(value, "p")));
        });
        return new StoredComparison(root.path("against").asText(), new Comparison(metrics));
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "Cannot read the metrics of a cross-validation: " + e.getOriginalMessage() + " (expected JSON)");
        }
    }

    private static Map<String, Double> numbers(JsonNode object) {
        Map<String, Double> values = new LinkedHashMap<>();
        object.fields()
                .forEachRemaining(
                        field -> values.put(field.getKey(), field.getValue().asDouble(Double.NaN)));
        return values;
    }

    private static double number(JsonNode object, String name) {
        return object.path(name).asDouble(Double.NaN);
    }

    private static Interval interval(JsonNode pair) {
        return new Interval(pair.path(0).asDouble(Double.NaN), pair.path(1).asDouble(Double.NaN));
    }

    private static ClassTable table(JsonNode object) {
        List<ClassTable.Row> rows = new ArrayList<>();
        object.path("classes")
                .forEach(row -> rows.add(new ClassTable.Row(
                        row.path("name").asText(),
                        number(row, "precision"),
                        number(row, "recall"),
                        number(row, "f1"),
                        row.path("support").asLong())));
        List<List<Long>> confusion = new ArrayList<>();
        object.path("confusion").forEach(line -> {
            List<Long> cells = new ArrayList<>();
            line.forEach(cell -> cells.add(cell.asLong()));
            confusion.add(cells);
        });
        return new ClassTable(rows, confusion);
    }

    private static Roc roc(JsonNode object) {
        List<Roc.Point> points = new ArrayList<>();
        object.path("points")
                .forEach(pair -> points.add(
                        new Roc.Point(pair.path(0).asDouble(), pair.path(1).asDouble())));
        return new Roc(points, number(object, "auc"));
    }
}
