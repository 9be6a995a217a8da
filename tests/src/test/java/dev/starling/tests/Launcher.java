package dev.starling.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code deploy/starling} and other programs, each call a process of its own. */
public final class Launcher {
    private static final long PATIENCE_SECONDS = 300;

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param folder the working directory
     * @param environment added to this process's
     */
    public Launcher(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** Skips the test where the launcher would have to build: {@code mvn verify} makes the jar before these tests, {@code mvn test} does not. */
    public static void assumeBuilt() {
        Path jar = Checkout.path("jobs/target/starling.jar");
        assumeTrue(
                Files.exists(jar) && !newerSource(jar),
                "skipped: jobs/target/starling.jar is missing or older than a source (mvn verify makes it)");
    }

    private static boolean newerSource(Path jar) {
        return Stream.of("worker/src/main", "driver/src/main", "jobs/src/main").anyMatch(tree -> {
            try (Stream<Path> files = Files.walk(Checkout.path(tree))) {
                return files.anyMatch(file -> isNewer(file, jar));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static boolean isNewer(Path file, Path jar) {
        try {
            return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Result starling(String... args) {
        List<String> words =
                new ArrayList<>(List.of(Checkout.path("deploy/starling").toString()));
        words.addAll(List.of(args));
        return run(words);
    }

    public Result run(List<String> words) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new Result(status(builder.start()), text(out), text(err));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + words, e);
        }
    }

    private static int status(Process process) {
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException("Cannot wait longer than " + PATIENCE_SECONDS + " s for a process");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
