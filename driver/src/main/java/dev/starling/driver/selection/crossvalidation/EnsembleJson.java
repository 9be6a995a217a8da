package dev.starling.driver.selection.crossvalidation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.selection.bagging.Ensemble;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code ensemble} in {@code metrics.json}: {@code {"models": 20, "outOfBag": {"rows": …, "accuracy": …, "bias2": …, "variance": …, "error": …}, "test": {…}}}. */
public final class EnsembleJson {
    private EnsembleJson() {}

    /**
     * As it is read.
     *
     * @param parts {@code outOfBag}, and {@code test} where there is one: values by name
     */
    public record Stored(int models, Map<String, Map<String, Double>> parts) {
        public Stored {
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }
    }

    static void write(Ensemble ensemble, ObjectNode object) {
        object.put("models", ensemble.models());
        values(ensemble).forEach((name, values) -> {
            ObjectNode part = object.putObject(name);
            values.forEach((metric, value) -> part.put(metric, Double.isFinite(value) ? value : null));
        });
    }

    /** By part, by name. */
    public static Map<String, Map<String, Double>> values(Ensemble ensemble) {
        Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
        parts.put("outOfBag", values(ensemble.outOfBag()));
        ensemble.test().ifPresent(part -> parts.put("test", values(part)));
        return parts;
    }

    private static Map<String, Double> values(Ensemble.Part part) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("rows", (double) part.rows().length);
        values.putAll(part.metrics());
        values.put("bias2", part.decomposition().bias2());
        values.put("variance", part.decomposition().variance());
        values.put("error", part.decomposition().error());
        return values;
    }

    static Stored parse(JsonNode object) {
        Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> {
            if (field.getValue().isObject()) {
                Map<String, Double> values = new LinkedHashMap<>();
                field.getValue()
                        .fields()
                        .forEachRemaining(
                                v -> values.put(v.getKey(), v.getValue().asDouble(Double.NaN)));
                parts.put(field.getKey(), values);
            }
        });
        return new Stored(object.path("models").asInt(), parts);
    }
}
