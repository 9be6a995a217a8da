package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
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
        CutRun.take(folder.resolve("calm"), training, cut);
        Path calm = Path.of(training.join().lastLine());
        assertThat(cut.resolve("_SUCCESS")).doesNotExist();
        assertThat(cut.resolve("checkpoints")).isNotEmptyDirectory();
        shell.done("resume", cut.toString(), "--master", "local[2]");
        assertThat(GraphExperiment.json(cut.resolve("provenance.json")).get("sha256"))
                .isEqualTo(GraphExperiment.json(calm.resolve("provenance.json")).get("sha256"))
                .isNotNull();
    }
}
