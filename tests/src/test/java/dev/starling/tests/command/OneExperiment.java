package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One experiment file, and what commands on two slots make of it.
 *
 * @param folder in which they run
 * @param file within it
 */
record OneExperiment(Path folder, String file) {
    Result run(String command, String... overrides) {
        List<String> words = new ArrayList<>(List.of(command, file, "--master", "local[2]"));
        Stream.of(overrides).forEach(override -> {
            words.add("--set");
            words.add(override);
        });
        return new Shell(folder, Map.of()).run(words.toArray(String[]::new));
    }

    /** The run that a command made, which must have ended well. */
    static Path path(Result result) {
        assertThat(result.status()).as(result.err()).isZero();
        return Path.of(result.lastLine());
    }
}
