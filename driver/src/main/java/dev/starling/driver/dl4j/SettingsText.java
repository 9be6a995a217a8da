package dev.starling.driver.dl4j;

import dev.starling.worker.InvalidInput;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.nd4j.shade.jackson.dataformat.yaml.YAMLFactory;

/** Settings as text, in JSON or YAML; what is not there has its default. */
final class SettingsText {
    static final SettingsText JSON = new SettingsText(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT));
    static final SettingsText YAML = new SettingsText(new ObjectMapper(new YAMLFactory()));

    private static final List<String> KEYS = List.of(
            "workers",
            "batchSizePerWorker",
            "averagingFrequency",
            "updaterState",
            "step",
            "seed",
            "peerTimeoutSeconds");

    private final ObjectMapper mapper;

    private SettingsText(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    String write(MasterSettings settings) {
        ObjectNode node = mapper.createObjectNode();
        settings.workers().ifPresent(workers -> node.put("workers", workers));
        node.put("batchSizePerWorker", settings.batchSizePerWorker());
        node.put("averagingFrequency", settings.averagingFrequency());
        node.put("updaterState", word(settings.updaterState()));
        node.put("step", word(settings.step()));
        settings.seed().ifPresent(seed -> node.put("seed", seed));
        node.put("peerTimeoutSeconds", settings.peerTimeout().toMillis() / 1000.0);
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the settings of a training master", e);
        }
    }

    /** @throws InvalidInput if a key is unknown or a value wrong */
    MasterSettings read(String text) {
        JsonNode node = parse(text);
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KEYS.contains(name)) {
                throw new InvalidInput(
                        "Cannot read a training master: unknown key " + name + " (expected " + KEYS + ")");
            }
        }
        MasterSettings defaults = MasterSettings.DEFAULTS;
        return new MasterSettings(
                node.has("workers") ? OptionalInt.of(whole(node, "workers", 0)) : OptionalInt.empty(),
                whole(node, "batchSizePerWorker", defaults.batchSizePerWorker()),
                whole(node, "averagingFrequency", defaults.averagingFrequency()),
                choice(node, "updaterState", defaults.updaterState()),
                choice(node, "step", defaults.step()),
                node.has("seed") ? OptionalLong.of(number(node, "seed").longValue()) : OptionalLong.empty(),
                timeout(node, defaults.peerTimeout()));
    }

    private JsonNode parse(String text) {
        try {
            JsonNode node = mapper.readTree(text);
            if (node.isObject()) {
                return node;
            }
            throw new InvalidInput("Cannot read a training master: " + node.getNodeType() + " (expected an object)");
        } catch (JsonProcessingException e) {
            throw new InvalidInput("Cannot read a training master: " + e.getOriginalMessage());
        }
    }

    private static JsonNode number(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (!value.isNumber()) {
            throw wrong(key, value, "a number");
        }
        return value;
    }

    private static int whole(JsonNode node, String key, int otherwise) {
        if (!node.has(key)) {
            return otherwise;
        }
        JsonNode value = number(node, key);
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            throw wrong(key, value, "a whole number");
        }
        return value.intValue();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E choice(JsonNode node, String key, E otherwise) {
        if (!node.has(key)) {
            return otherwise;
        }
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        String name = node.get(key).asText();
        return Arrays.stream(all)
                .filter(value -> word(value).equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key,
                        node.get(key),
                        "one of " + Arrays.stream(all).map(SettingsText::word).toList()));
    }

    private static Duration timeout(JsonNode node, Duration otherwise) {
        String key = "peerTimeoutSeconds";
        return node.has(key)
                ? Duration.ofMillis(Math.round(1000 * number(node, key).doubleValue()))
                : otherwise;
    }

    private static InvalidInput wrong(String key, JsonNode found, String expected) {
        return new InvalidInput(
                "Cannot read a training master: " + key + " is " + found + " (expected " + expected + ")");
    }
}
