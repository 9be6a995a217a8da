package dev.starling.driver.selection.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.selection.crossvalidation.CrossValidationJson;
import dev.starling.driver.selection.search.Objective;
import dev.starling.driver.selection.search.SweepResult;
import dev.starling.driver.selection.search.Trial;
import dev.starling.driver.store.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code metrics.json} of a cross-validation whose folds were searched: that of any, and under {@code chosen} what each fold's search chose. */
public final class NestedJson {
    private static final String CHOSEN = "chosen";

    private NestedJson() {}

    /**
     * What a fold's search chose.
     *
     * @param epochs for which it was trained on all of the fold's training rows
     * @param objective what the search went by
     * @param value of it, inside the fold: optimistic, as it is that of the best
     * @param params by path
     */
    public record Chosen(
            int trial, int trials, int epochs, String objective, double value, Map<String, String> params) {
        public Chosen {
            params = new LinkedHashMap<>(params);
        }
    }

    public static String write(NestedResult result, double seconds) {
        String folds = CrossValidationJson.write(result.folds(), seconds);
        if (result.searches().isEmpty()) {
            return folds;
        }
        ObjectNode root = (ObjectNode) Json.parse(folds, "metrics.json");
        ArrayNode chosen = root.putArray(CHOSEN);
        result.searches().forEach(search -> write(search, chosen.addObject()));
        return Json.text(root);
    }

    private static void write(SweepResult search, ObjectNode object) {
        Chosen chosen = chosen(search);
        object.put("trial", chosen.trial());
        object.put("trials", chosen.trials());
        object.put("epochs", chosen.epochs());
        object.put("objective", chosen.objective());
        object.put("value", chosen.value());
        ObjectNode params = object.putObject("params");
        chosen.params().forEach(params::put);
    }

    /** Fold by fold; empty where nothing was searched. */
    public static List<Chosen> chosen(String json, String place) {
        List<Chosen> all = new ArrayList<>();
        for (JsonNode each : Json.parse(json, place).path(CHOSEN)) {
            Map<String, String> params = new LinkedHashMap<>();
            each.path("params")
                    .fields()
                    .forEachRemaining(p -> params.put(p.getKey(), p.getValue().asText()));
            all.add(new Chosen(
                    each.path("trial").asInt(-1),
                    each.path("trials").asInt(),
                    each.path("epochs").asInt(),
                    each.path("objective").asText(),
                    each.path("value").asDouble(Double.NaN),
                    params));
        }
        return all;
    }

    /** Of a search that found something. */
    public static Chosen chosen(SweepResult search) {
        Objective objective = search.spec().objective();
        Trial best = search.best().orElseThrow();
        Map<String, String> params = new LinkedHashMap<>();
        best.point().settings().forEach((path, setting) -> params.put(path, setting.label()));
        return new Chosen(
                best.number(),
                search.trials().size(),
                best.bestEpoch(objective).orElseThrow(),
                objective.label(),
                best.value(objective).orElseThrow(),
                params);
    }
}
