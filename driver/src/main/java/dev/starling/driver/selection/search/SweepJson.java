package dev.starling.driver.selection.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Space;
import dev.starling.driver.store.Json;
import dev.starling.driver.store.MetricsJson;
import dev.starling.driver.store.RunMetrics;
import dev.starling.worker.InvalidInput;
import java.util.Optional;

/** {@code metrics.json} of a sweep: its best trial, and how many there were. */
public final class SweepJson {
    private SweepJson() {}

    /**
     * @param best trial
     * @param epochs for which it was trained on all rows
     * @param metrics of the best trial on validation rows, where there are any, and of the model trained on all but the test rows
     */
    public static String write(Trial best, int epochs, RunMetrics metrics, int trials, int failed) {
        ObjectNode root = Json.object();
        ObjectNode object = root.putObject("best").put("trial", best.number());
        EventJson.write(best.point(), object.putObject("params"));
        object.put("epochs", epochs);
        ((ObjectNode) Json.parse(MetricsJson.write(metrics), "metrics.json"))
                .fields()
                .forEachRemaining(split -> object.set(split.getKey(), split.getValue()));
        root.put("trials", trials).put("failed", failed);
        return Json.text(root);
    }

    /** Of the model that the best trial became, and as VALIDATION those of the trial itself; empty where the text is of another kind of run. */
    public static Optional<RunMetrics> metrics(String json, String place) {
        return Optional.ofNullable(Json.parse(json, place).get("best"))
                .map(best -> MetricsJson.parse(best.toString(), place));
    }

    /**
     * The point of the best trial.
     *
     * @param place the file, for messages
     * @throws InvalidInput if it tells none of this space
     */
    public static Point best(String json, Space space, String place) {
        JsonNode best = Json.child(Json.parse(json, place), "best", place);
        return EventJson.point(best, space, place);
    }
}
