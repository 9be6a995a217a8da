package dev.starling.tests.benchmark;

import dev.starling.worker.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What every benchmark's main has: where the checkout and the data lie, a log for its processes, and an exit status. */
record Benchmark(Path root, Path log) {
    interface Body {
        List<Requirement> run(Benchmark benchmark);
    }

    /**
     * Runs a benchmark and ends the process: 0 if it could be measured, whatever came out; 2 for wrong options or missing data.
     *
     * @param body prints its table; the requirements that it gives back are printed as lines for scripts
     */
    static void main(Body body) {
        int status = 0;
        try {
            Path root = Path.of(System.getProperty("starling.root", ""));
            Path log = root.resolve("target").resolve("benchmark.log");
            Files.createDirectories(log.getParent());
            Files.deleteIfExists(log);
            List<Requirement> requirements = body.run(new Benchmark(root, log));
            System.out.println();
            requirements.forEach(requirement -> System.out.println(requirement.line()));
        } catch (InvalidInput e) {
            System.err.println(e.getMessage());
            status = 2;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the benchmark's log", e);
        }
        System.exit(status);
    }

    /** @throws InvalidInput if Fashion-MNIST is not there */
    Path dataFolder() {
        return FashionMnist.dataFolder(System.getenv(), root);
    }
}
