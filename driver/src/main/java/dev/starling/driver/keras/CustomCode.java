package dev.starling.driver.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.worker.InvalidInput;
import java.util.Set;

/** Finds code, and names of code, in an architecture. None is ever run: such a file is refused. */
final class CustomCode {
    private static final Set<String> CODE =
            Set.of("Lambda", "__lambda__", "function", "__numpy__", "__typespec__", "__tensor__");

    private CustomCode() {}

    /**
     * @param node a layer with all that is in it
     * @throws InvalidInput if there is any
     */
    static void refuse(JsonNode node, String what, String place) {
        String type = node.path("class_name").asText();
        String module = node.path("module").asText("");
        String registered = node.path("registered_name").asText("");
        if (CODE.contains(type) || node.has("lambda") || node.has("marshal")) {
            throw refused(what, place, type.isEmpty() ? "code" : "code (" + type + ")");
        }
        boolean ofKeras = module.isEmpty()
                || module.equals("keras")
                || module.startsWith("keras.")
                || module.startsWith("tf_keras")
                || module.startsWith("tensorflow.keras");
        if (!ofKeras || registered.contains(">")) {
            throw refused(
                    what, place, "code of its own, " + (registered.contains(">") ? registered : module + "." + type));
        }
        node.forEach(child -> refuse(child, what, place));
    }

    private static InvalidInput refused(String what, String place, String found) {
        return new InvalidInput("Cannot import " + what + " of " + place + ": " + found
                + " (expected Keras's own layers and functions; code in a file is never run)");
    }
}
