package dev.starling.tests.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What a killed run leaves: a copy taken while it trains. */
final class CutRun {
    private CutRun() {}

    /**
     * Waits until the only run of a store has a checkpoint, and copies it as it stands; gives up when training is over.
     *
     * @param cut where the copy goes
     */
    static void take(Path store, Future<?> training, Path cut) {
        while (!training.isDone() && !copied(store, cut)) {
            Thread.onSpinWait();
        }
    }

    /** The run as it stands, once it has a checkpoint; false where it changed meanwhile. */
    private static boolean copied(Path store, Path cut) {
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
