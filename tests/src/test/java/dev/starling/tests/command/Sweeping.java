package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sweeps of {@link Points}.
 *
 * @param folder working directory and store
 */
record Sweeping(Path folder) {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String GRID =
            """
            sweep:
              search: grid
              objective: {maximize: validation.accuracy}
              space:
                network.layers[0].dense.units: {choice: [2, 8]}
                training.optimizer.adam.learningRate: {choice: [0.0001, 0.05, 0.1]}
            """;

    /** The experiment with a sweep section. */
    void write(String section) throws IOException {
        Files.writeString(folder.resolve("sweep.yaml"), Points.EXPERIMENT + section);
    }

    Result starling(String... args) {
        return new Shell(folder, Map.of()).run(args);
    }

    Path run(String... more) {
        return run(2, more);
    }

    Path run(int slots, String... more) {
        List<String> args = new ArrayList<>(List.of("sweep", "sweep.yaml", "--master", "local[" + slots + "]"));
        args.addAll(List.of(more));
        Result result = starling(args.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err())
                .containsPattern(
                        "trials: [0-9a].*, of at most [0-9]+ epochs?; [0-9]+ rows to learn from, [0-9]+ to measure on.*; "
                                + slots + " slot");
        return Path.of(result.lastLine());
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    static List<JsonNode> journal(Path run) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("journal.jsonl"))) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    static long count(Path run, String event) throws IOException {
        return journal(run).stream()
                .filter(e -> e.path("event").asText().equals(event))
                .count();
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
