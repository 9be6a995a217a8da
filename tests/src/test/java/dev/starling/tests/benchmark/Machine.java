package dev.starling.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a table says of where and when it was measured. */
final class Machine {
    private final Instant start = Instant.now();
    private final String loadAtStart = load();

    /** One paragraph, at the end of the measurement. */
    String description() {
        return start.truncatedTo(ChronoUnit.SECONDS) + " to " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "; "
                + processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores; Java "
                + System.getProperty("java.version") + "; load average before (1, 5, 15 minutes) " + loadAtStart
                + ", after (own work included) " + load() + instructionSet();
    }

    private static String instructionSet() {
        String limit = System.getenv("ONEDNN_MAX_CPU_ISA");
        return limit == null ? "" : "; oneDNN and the JVM limited to " + limit;
    }

    private static String processor() {
        return read("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown processor");
    }

    private static String load() {
        // 0.50 0.40 0.30 and then processes
        return read("/proc/loadavg").get(0).replaceFirst("^(\\S+) (\\S+) (\\S+) .*", "$1, $2, $3");
    }

    private static List<String> read(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + " (expected on Linux)", e);
        }
    }
}
