package dev.starling.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the tests use of the project's own files and of the machine's data. */
public final class Checkout {
    private Checkout() {}

    /** @param relative to the project's root */
    public static Path path(String relative) {
        return Path.of(System.getProperty("starling.root")).resolve(relative);
    }

    /** {@code STARLING_DATA} as an environment; the test is skipped where no such folder is. */
    public static Map<String, String> fashionMnist() {
        String data = System.getenv("STARLING_DATA");
        assumeTrue(
                data != null && Files.isDirectory(Path.of(data, "fashion-mnist")),
                "skipped: STARLING_DATA does not name a folder that holds fashion-mnist");
        return Map.of("STARLING_DATA", data);
    }
}
