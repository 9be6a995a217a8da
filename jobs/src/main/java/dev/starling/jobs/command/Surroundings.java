package dev.starling.jobs.command;

import dev.starling.jobs.progress.Terminal;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a process has around it: all that Starling reads of it.
 *
 * @param out results alone
 * @param err progress and errors
 * @param folder the working directory, absolute
 * @param environment variables
 * @param terminal which err is; empty where it is none
 */
public record Surroundings(
        PrintStream out, PrintStream err, Path folder, Map<String, String> environment, Optional<Terminal> terminal) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Java cannot tell whether standard error is a terminal, so the launcher says it, and how large. */
    public static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(
                System.out,
                System.err,
                Path.of("").toAbsolutePath(),
                environment,
                Terminal.parse(environment.getOrDefault("STARLING_TTY", "")));
    }

    /** What a person types to start the program: the launcher says what it was called by. */
    String program() {
        String launcher = environment.getOrDefault("STARLING_LAUNCHER", "");
        return launcher.isBlank() ? "starling" : launcher;
    }

    /** The command by which a run goes on. */
    String resuming(String run) {
        return program() + " resume " + run;
    }

    /** A URI as it is; anything else a path of the local disk, relative to the working directory. */
    URI locate(String pathOrUri) {
        if (pathOrUri.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
            return URI.create(pathOrUri.replace(" ", "%20"));
        }
        return folder.resolve(pathOrUri).normalize().toUri();
    }
}
