package dev.starling.tests.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Cross-validations of {@link Points}.
 *
 * @param folder working directory and store
 */
record Folding(Path folder) {
    static final ObjectMapper JSON = new ObjectMapper();

    Result run(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    Result crossValidate(String... more) {
        return run(Stream.concat(
                        Stream.of(
                                "cross-validate", "points.yaml", "--master", "local[2]", "--set", "cluster.replicas=1"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    /** Without timing. */
    static JsonNode metrics(Path run) throws IOException {
        return ((ObjectNode) JSON.readTree(run.resolve("metrics.json").toFile())).without("timing");
    }

    /** A run that has been cut off: it has these files of a whole one. */
    Path cut(Path whole, String... files) throws IOException {
        Path cut = folder.resolve("runs/cut-20260101T000000Z-abcdef");
        for (String file : files) {
            Files.createDirectories(cut.resolve(file).getParent());
            Files.copy(whole.resolve(file), cut.resolve(file));
        }
        return cut;
    }
}
