package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.LocalCluster;
import dev.starling.tests.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A name node killed while a run trains, and still dead when the run wants to store its model, costs time and nothing else. */
@ExtendWith(LocalCluster.Extension.class)
class NameNodeRestartTest {
    private static final int EPOCHS = 60;
    private static final long PATIENCE_SECONDS = 240;

    @TempDir
    private Path folder;

    private final LocalCluster cluster;

    NameNodeRestartTest(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void theRunIsStoredWhole() throws IOException, InterruptedException {
        URI data = cluster.put(Checkout.path("conf/data/digits/digits.csv.gz"), "restart/data");
        URI store = cluster.hdfs("restart/runs");
        Process training = train(data, store);
        try {
            awaitLine(training, "epoch ");
            ProcessHandle nameNode = cluster.process("namenode").orElseThrow();
            nameNode.destroyForcibly();
            nameNode.onExit().join();
            awaitLine(training, "epoch " + EPOCHS + "/" + EPOCHS);
            Thread.sleep(3000); // It tries in vain.
            assertThat(training.isAlive()).as(err()).isTrue();
            assertThat(cluster.run("status").status()).isEqualTo(1);
        } finally {
            cluster.up();
        }
        assertThat(training.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(err())
                .isTrue();
        assertThat(training.exitValue()).as(err()).isZero();
        assertWhole(Files.readString(folder.resolve("out")).strip());
    }

    private Process train(URI data, URI store) throws IOException {
        List<String> words = List.of(
                Checkout.path("deploy/starling").toString(),
                "train",
                Checkout.path("conf/experiments/digits.yaml").toString(),
                "--set",
                "training.epochs=" + EPOCHS,
                "--set",
                "data.directory=" + data,
                "--runs",
                store.toString(),
                "--master",
                cluster.master(),
                "--conf",
                "spark.executor.cores=2",
                "--conf",
                "spark.cores.max=2");
        return new ProcessBuilder(words)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private void awaitLine(Process training, String beginning) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (err().lines().noneMatch(line -> line.startsWith(beginning))) {
            assertThat(training.isAlive() && System.nanoTime() < end).as(err()).isTrue();
            Thread.sleep(50);
        }
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    /** Read back by another process, the model gives the metrics that were stored with it. */
    private void assertWhole(String run) throws IOException {
        JsonNode stored;
        try (FileSystem files = cluster.files();
                InputStream in = files.open(new org.apache.hadoop.fs.Path(run, "metrics.json"))) {
            assertThat(files.exists(new org.apache.hadoop.fs.Path(run, "_SUCCESS")))
                    .isTrue();
            stored = new ObjectMapper().readTree(in.readAllBytes());
        }
        Result evaluated = new Launcher(folder, Map.of()).starling("evaluate", run, "--master", "local[1]");
        assertThat(evaluated.status()).as(evaluated.err()).isZero();
        assertThat(new ObjectMapper().readTree(evaluated.out())).isEqualTo(((ObjectNode) stored).without("timing"));
    }
}
