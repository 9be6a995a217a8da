package dev.starling.tests.course;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The experiments of the course, each run by the command that suits it, in this JVM. */
final class Courses {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern FROM = Pattern.compile("\n  from: (.+)\\.yaml");

    private final Path folder;

    /** @param folder where runs are stored */
    Courses(Path folder) {
        this.folder = folder;
    }

    /** Of all experiments of the course, sorted. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(Checkout.path("conf/experiments/course"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return Checkout.path("conf/experiments/course/" + name + ".yaml");
    }

    /** {@code sweep} and {@code cross-validate} where the file has such a section, else {@code train}. */
    static String command(String name) {
        String text = text(name);
        return text.contains("\nsweep:") ? "sweep" : text.contains("\ncrossValidation:") ? "cross-validate" : "train";
    }

    /** Whether its data are at hand. */
    static boolean hasData(String name) {
        return !text(name).contains("${STARLING_DATA}") || data().isPresent();
    }

    private static Optional<String> data() {
        return Optional.ofNullable(System.getenv("STARLING_DATA")).filter(path -> Files.isDirectory(Path.of(path)));
    }

    /**
     * Runs one, and before it, where there is no run of it yet, the one whose model it begins from.
     *
     * @param overrides {@code key=value}
     * @return the run's directory
     */
    Path run(String name, String... overrides) {
        Matcher from = FROM.matcher(text(name));
        if (from.find() && !isStored(from.group(1))) {
            run(from.group(1), overrides);
        }
        List<String> words = new ArrayList<>(List.of(command(name), file(name).toString(), "--master", "local[2]"));
        for (String override : overrides) {
            words.add("--set");
            words.add(override);
        }
        Map<String, String> environment =
                data().map(path -> Map.of("STARLING_DATA", path)).orElse(Map.of());
        Result result = new Shell(folder, environment).run(words.toArray(String[]::new));
        if (result.status() != 0) {
            throw new AssertionError(name + " ended with status " + result.status() + ": " + result.err());
        }
        return Path.of(result.lastLine());
    }

    private boolean isStored(String name) {
        return new Shell(folder, Map.of())
                .stored("runs").stream()
                        .anyMatch(run -> run.getFileName().toString().matches(name + "-\\d{8}T.*")
                                && Files.exists(run.resolve("_SUCCESS")));
    }

    /** The text that {@code summary} prints. */
    String summary(String name) {
        return new Shell(folder, Map.of()).run("summary", file(name).toString()).out();
    }

    /** @param pointer in a run's metrics.json: {@code /test/accuracy} */
    static double value(Path run, String pointer) {
        return at(run.resolve("metrics.json"), pointer);
    }

    /** The same of a trial of a sweep. */
    static double trial(Path run, int number, String pointer) {
        return at(run.resolve("trials/" + number + "/metrics.json"), pointer);
    }

    /** What {@code inspect} finds out about a layer: a number of inspection.json. */
    double inspected(Path run, String layer, String pointer) {
        Path found = run.resolve("inspection/" + layer + "/inspection.json");
        if (!Files.exists(found)) {
            Result result = new Shell(folder, Map.of())
                    .run("inspect", run.toString(), "--layer", layer, "--master", "local[2]");
            if (result.status() != 0) {
                throw new AssertionError("inspect ended with status " + result.status() + ": " + result.err());
            }
        }
        return at(found, pointer);
    }

    /** Of figures/gradients.csv: the first layer's norm at the start by the last one's. */
    static double gradientRatio(Path run) {
        try {
            List<String> lines = Files.readAllLines(run.resolve("figures/gradients.csv"));
            double first = Double.parseDouble(lines.get(1).split(",", -1)[1]);
            double last = Double.parseDouble(lines.get(lines.size() - 1).split(",", -1)[1]);
            return first / last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double at(Path file, String pointer) {
        try {
            JsonNode found = JSON.readTree(Files.readString(file)).at(pointer);
            if (!found.isNumber()) {
                throw new AssertionError(file + " has no number at " + pointer + " but " + found);
            }
            return found.asDouble();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
