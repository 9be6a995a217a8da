package dev.starling.driver.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.driver.store.Provenance.Attempt;
import dev.starling.driver.store.Provenance.Build;
import dev.starling.driver.store.Provenance.Cluster;
import dev.starling.driver.store.Provenance.Data;
import dev.starling.driver.store.Provenance.Outcome;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code provenance.json}. */
final class ProvenanceJson {
    private ProvenanceJson() {}

    static String write(Provenance provenance) {
        ObjectNode root = Json.object();
        root.put("formatVersion", provenance.formatVersion());
        root.put("seed", provenance.seed());
        ObjectNode data =
                root.putObject("data").put("fingerprint", provenance.data().fingerprint());
        ObjectNode rows = data.putObject("rows");
        provenance.data().rows().forEach((split, count) -> rows.put(split.label(), count));
        root.put("commit", provenance.build().commit());
        ObjectNode versions = root.putObject("versions");
        provenance.build().versions().forEach(versions::put);
        root.putObject("cluster")
                .put("master", provenance.cluster().master())
                .put("replicas", provenance.cluster().replicas())
                .put("slots", provenance.cluster().slots());
        root.put("start", provenance.start().toString());
        ArrayNode attempts = root.putArray("attempts");
        provenance.attempts().forEach(attempt -> write(attempt, attempts.addObject()));
        provenance.outcome().ifPresent(outcome -> write(outcome, root));
        return Json.text(root);
    }

    private static void write(Attempt attempt, ObjectNode node) {
        node.put("start", attempt.start().toString());
        node.put("replicas", attempt.replicas());
        node.put("epochs", attempt.epochs());
        node.put("rounds", attempt.rounds());
        attempt.failure().ifPresent(cause -> node.put("failure", cause));
    }

    private static void write(Outcome outcome, ObjectNode root) {
        root.put("end", outcome.end().toString());
        root.put("threads", outcome.threads());
        root.put("isa", outcome.isa());
        root.put("step", outcome.step());
        ArrayNode devices = root.putArray("devices");
        outcome.devices().forEach(devices::add);
        ObjectNode sha256 = root.putObject("sha256");
        outcome.sha256().forEach(sha256::put);
    }

    /**
     * @param place the file, for messages
     * @throws InvalidInput if it is of a later version, or what should be there is not
     */
    static Provenance parse(String json, String place) {
        JsonNode root = Json.parse(json, place);
        int formatVersion = Json.integer(root, "formatVersion", place);
        if (formatVersion > Provenance.FORMAT_VERSION) {
            throw new InvalidInput("Cannot read " + place + ": formatVersion " + formatVersion + " (expected at most "
                    + Provenance.FORMAT_VERSION + "; a later Starling wrote it)");
        }
        JsonNode data = Json.child(root, "data", place);
        JsonNode cluster = Json.child(root, "cluster", place);
        return new Provenance(
                formatVersion,
                Json.wide(root, "seed", place),
                new Data(Json.string(data, "fingerprint", place), rows(Json.child(data, "rows", place), place)),
                new Build(Json.string(root, "commit", place), texts(Json.child(root, "versions", place), place)),
                new Cluster(
                        Json.string(cluster, "master", place),
                        Json.integer(cluster, "replicas", place),
                        Json.integer(cluster, "slots", place)),
                Json.instant(root, "start", place),
                attempts(root, place),
                root.has("end") ? Optional.of(outcome(root, place)) : Optional.empty());
    }

    private static List<Attempt> attempts(JsonNode root, String place) {
        List<Attempt> attempts = new ArrayList<>();
        root.path("attempts")
                .forEach(node -> attempts.add(new Attempt(
                        Json.instant(node, "start", place),
                        Json.integer(node, "replicas", place),
                        Json.integer(node, "epochs", place),
                        Json.integer(node, "rounds", place),
                        node.has("failure") ? Optional.of(Json.string(node, "failure", place)) : Optional.empty())));
        return attempts;
    }

    private static Outcome outcome(JsonNode root, String place) {
        return new Outcome(
                Json.instant(root, "end", place),
                Json.integer(root, "threads", place),
                Json.string(root, "isa", place),
                Json.string(root, "step", place),
                devices(root),
                texts(Json.child(root, "sha256", place), place));
    }

    private static List<String> devices(JsonNode root) {
        List<String> devices = new ArrayList<>();
        root.path("devices").forEach(device -> devices.add(device.asText()));
        return devices;
    }

    private static SortedMap<Split, Long> rows(JsonNode object, String place) {
        SortedMap<Split, Long> rows = new TreeMap<>();
        for (Split split : Split.values()) {
            if (object.has(split.label())) {
                rows.put(split, Json.wide(object, split.label(), place));
            }
        }
        return rows;
    }

    private static SortedMap<String, String> texts(JsonNode object, String place) {
        SortedMap<String, String> texts = new TreeMap<>();
        object.fieldNames().forEachRemaining(name -> texts.put(name, Json.string(object, name, place)));
        return texts;
    }
}
