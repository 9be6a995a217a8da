package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code graph.yaml} in a folder, over its points: layers that read several others; and commands there. */
record GraphExperiment(Path folder) {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final String LAYERS =
            """
              layers:
                - dense: {name: code, units: 6, activation: tanh}
                - dense: {units: 6, activation: tanh}
                - batchNormalization: {name: more}
                - add: {name: sum, inputs: [code, more]}
                - concatenate: {name: all, inputs: [sum, input]}
                - dense: {units: 2, activation: softmax}
            """;

    static GraphExperiment in(Path folder) throws IOException {
        Points.write(folder);
        String sequence =
                "  layers:\n    - dense: {units: 8, activation: tanh}\n    - dense: {units: 2, activation: softmax}\n";
        assertThat(Points.EXPERIMENT).contains(sequence);
        Files.writeString(folder.resolve("graph.yaml"), Points.EXPERIMENT.replace(sequence, LAYERS));
        return new GraphExperiment(folder);
    }

    /** A command that ends well. */
    Result done(String... args) {
        Result result = new Shell(folder, Map.of()).run(args);
        assertThat(result.status()).as(result.err()).isZero();
        return result;
    }

    /** The run that a command made. */
    Path run(String... args) {
        return Path.of(done(args).lastLine());
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
