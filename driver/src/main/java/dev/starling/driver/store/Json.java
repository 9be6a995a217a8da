package dev.starling.driver.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.worker.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;

/** What the JSON files of a run have in common: how they are laid out, and that a value which is missing or of another kind is told by its place. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter WRITER =
            MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static String text(ObjectNode root) {
        try {
            return WRITER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** On one line, without a line end. */
    public static String line(ObjectNode root) {
        return root.toString();
    }

    /** @param place the file, for messages */
    public static JsonNode parse(String json, String place) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (!root.isObject()) {
                throw new InvalidInput("Cannot read " + place + ": no object (expected a JSON object)");
            }
            return root;
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new InvalidInput("Cannot read " + place + line + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("not JSON") + " (expected a JSON object)");
        }
    }

    public static JsonNode child(JsonNode parent, String key, String place) {
        JsonNode child = parent.get(key);
        if (child == null || child.isNull()) {
            throw new InvalidInput("Cannot read " + place + ": no " + key + " (expected a value)");
        }
        return child;
    }

    public static String string(JsonNode parent, String key, String place) {
        JsonNode child = child(parent, key, place);
        if (!child.isTextual()) {
            throw wrong(key, child, place, "text");
        }
        return child.textValue();
    }

    public static int integer(JsonNode parent, String key, String place) {
        JsonNode child = child(parent, key, place);
        if (!child.canConvertToInt() || !child.isIntegralNumber()) {
            throw wrong(key, child, place, "a whole number");
        }
        return child.intValue();
    }

    public static long wide(JsonNode parent, String key, String place) {
        JsonNode child = child(parent, key, place);
        if (!child.canConvertToLong() || !child.isIntegralNumber()) {
            throw wrong(key, child, place, "a whole number");
        }
        return child.longValue();
    }

    public static double number(JsonNode parent, String key, String place) {
        JsonNode child = child(parent, key, place);
        if (!child.isNumber()) {
            throw wrong(key, child, place, "a number");
        }
        return child.doubleValue();
    }

    public static Instant instant(JsonNode parent, String key, String place) {
        String text = string(parent, key, place);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(key, child(parent, key, place), place, "a UTC time as 2024-05-01T12:00:00Z");
        }
    }

    public static InvalidInput wrong(String key, JsonNode found, String place, String expected) {
        return new InvalidInput("Cannot read " + place + ": " + key + " is " + found + " (expected " + expected + ")");
    }
}
