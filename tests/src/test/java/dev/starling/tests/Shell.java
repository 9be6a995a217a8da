package dev.starling.tests;

import dev.starling.jobs.command.Program;
import dev.starling.jobs.command.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starling's commands in this JVM: the real program with a working directory, environment and streams of its own. */
public final class Shell {
    private final Path folder;
    private final Map<String, String> environment;

    /** @param folder the working directory */
    public Shell(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    public Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Program.run(
                args,
                new Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        folder,
                        environment,
                        Optional.empty()));
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What lies in a store, finished or not. */
    public List<Path> stored(String store) {
        Path runs = folder.resolve(store);
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(runs)) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
