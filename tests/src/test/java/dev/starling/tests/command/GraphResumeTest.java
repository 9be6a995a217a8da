package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A graph that was killed goes on as a sequence does. */
class GraphResumeTest {
    @TempDir
    private static Path folder;

    /** A copy taken while it trains is what a killed run leaves. */
    @Test
    @Timeout(120)
    void itIsResumedToTheSameBits() throws IOException {
        GraphExperiment shell = GraphExperiment.in(folder);
        CompletableFuture<Result> training = CompletableFuture.supplyAsync(() -> shell.done(
                "train",
                "graph.yaml",
                "--master",
                "local[2]",
                "--runs",
                "calm",
                "--set",
                "training.epochs=200",
                "--set",
                "cluster.checkpoint.every=20 rounds"));
        Path cut = folder.resolve("cut/graph-20260101T000000Z-000001");
        while (!training.isDone() && !copied(cut)) {
            Thread.onSpinWait();
        }
        Path calm = Path.of(training.join().lastLine());
        assertThat(cut.resolve("_SUCCESS")).doesNotExist();
        assertThat(cut.resolve("checkpoints")).isNotEmptyDirectory();
        shell.done("resume", cut.toString(), "--master", "local[2]");
        assertThat(GraphExperiment.json(cut.resolve("provenance.json")).get("sha256"))
                .isEqualTo(GraphExperiment.json(calm.resolve("provenance.json")).get("sha256"))
                .isNotNull();
    }

    /** The run as it stands, once it has a checkpoint; false where it changed meanwhile. */
    private static boolean copied(Path cut) {
        Path store = folder.resolve("calm");
        if (!Files.isDirectory(store)) {
            return false;
        }
        try (Stream<Path> runs = Files.list(store)) {
            Path found = runs.findFirst().orElse(store);
            if (!Files.isDirectory(found.resolve("checkpoints"))) {
                return false;
            }
            org.apache.hadoop.fs.FileUtil.fullyDelete(cut.toFile());
            copy(found, cut);
            try (Stream<Path> kept = Files.list(cut.resolve("checkpoints"))) {
                return kept.anyMatch(
                        checkpoint -> !checkpoint.getFileName().toString().startsWith("."));
            }
        } catch (IOException | UncheckedIOException changed) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                if (!Files.isDirectory(path)) {
                    Files.copy(path, target);
                }
            }
        }
    }
}
