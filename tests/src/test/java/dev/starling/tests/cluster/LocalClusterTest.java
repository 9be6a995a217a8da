package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Launcher;
import dev.starling.tests.LocalCluster;
import dev.starling.tests.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small cluster of this class's own, since the tests kill parts of it. */
class LocalClusterTest {
    private static final List<String> NAMES = List.of("namenode", "datanode", "master", "worker-1");

    @TempDir
    private static Path folder;

    private static LocalCluster cluster;

    @BeforeAll
    static void start() {
        Launcher.assumeBuilt();
        cluster = new LocalCluster(folder.resolve("cluster")).up("--workers", "1", "--memory", "1g");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
            assertThat(cluster.processes()).isEmpty();
        }
    }

    private static List<Long> ids() {
        return NAMES.stream()
                .map(name -> cluster.process(name).orElseThrow().pid())
                .toList();
    }

    @Test
    void upTellsTheAddressesAndStatusThatAllAnswer() {
        assertThat(cluster.run("up").out().lines())
                .containsExactly(
                        "export STARLING_MASTER=" + cluster.master(),
                        "export STARLING_HDFS=" + cluster.hdfs("").toString().replaceAll("/$", ""),
                        "export SPARK_LOCAL_IP=127.0.0.1");
        Result status = cluster.run("status");
        assertThat(status.status()).as(status.out()).isZero();
        assertThat(status.out().lines()).hasSameSizeAs(NAMES).allMatch(line -> line.endsWith("answers"));
    }

    @Test
    void upOfAClusterThatIsUpChangesNothing() {
        List<Long> before = ids();
        Result second = cluster.run("up", "--workers", "1");
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.err()).contains("is up already");
        assertThat(ids()).isEqualTo(before);
        Result other = cluster.run("up", "--workers", "2");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("Cannot start with --workers 2").contains("lives with 1");
        assertThat(cluster.processes()).hasSameSizeAs(NAMES);
    }

    @Test
    void upMendsAClusterOfWhichAPartDiedAndItsFilesAreStillThere() throws IOException {
        org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(cluster.hdfs("kept/file"));
        try (FileSystem files = cluster.files();
                FSDataOutputStream out = files.create(file)) {
            out.write("kept".getBytes(StandardCharsets.UTF_8));
        }
        List<Long> before = ids();
        for (String name : List.of("namenode", "worker-1")) {
            ProcessHandle process = cluster.process(name).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
        }
        Result dead = cluster.run("status");
        assertThat(dead.status()).isEqualTo(1);
        assertThat(dead.out().lines().filter(line -> line.endsWith("does not live")))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("namenode", "worker-1");

        Result mended = cluster.run("up");
        assertThat(mended.status()).as(mended.err()).isZero();
        assertThat(mended.err()).contains("started namenode worker-1:");
        assertThat(cluster.run("status").status()).isZero();
        assertThat(ids().subList(1, 3)).isEqualTo(before.subList(1, 3));
        assertThat(ids()).doesNotContain(before.get(0), before.get(3));
        // By a process of its own: this one may keep a connection to the name node that died.
        assertThat(cluster.run("hdfs", "-cat", file.toString()).out()).contains("kept");
    }

    /** As after a restart of the machine: the folder names processes that died, and one id that is by now another's, which leads a group as a worker does. */
    @Test
    void aStaleFolderHarmsNobodyWhoHasTheIdByNow() throws IOException {
        LocalCluster stale = new LocalCluster(folder.resolve("stale"));
        Files.createDirectories(stale.folder());
        Files.copy(cluster.folder().resolve("settings"), stale.folder().resolve("settings"));
        Process other = new ProcessBuilder("setsid", "sleep", "300").start();
        try {
            Files.writeString(stale.folder().resolve("namenode.pid"), other.pid() + " 1\n");
            Files.writeString(stale.folder().resolve("worker-1.pid"), Long.MAX_VALUE + " 1\n");
            Result status = stale.run("status");
            assertThat(status.status()).isEqualTo(1);
            assertThat(status.out().lines()).hasSameSizeAs(NAMES).allMatch(line -> line.endsWith("does not live"));
            Result down = stale.run("down");
            assertThat(down.status()).as(down.err()).isZero();
            assertThat(down.err()).contains("nothing to stop");
            assertThat(other.isAlive()).isTrue();
            assertThat(ids()).allMatch(id -> ProcessHandle.of(id).isPresent());
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void wrongWordsAreToldAllAtOnce() {
        Result result = cluster.run("up", "--workers", "0", "--memory", "much", "--speed", "--cores");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()
                        .lines()
                        .map(line -> line.replaceAll("[:(].*", ""))
                        .collect(Collectors.joining(" ")))
                .isEqualTo("local-cluster local-cluster local-cluster local-cluster");
        assertThat(result.err())
                .contains("--workers: 0 (expected a whole number from 1 to 999)")
                .contains("--memory: much (expected such as 2g or 1500m)")
                .contains("--speed: unknown")
                .contains("--cores: nothing follows");
    }

    @Test
    void aFolderWithOtherFilesIsRefused() throws IOException {
        LocalCluster wrong = new LocalCluster(folder.resolve("mine"));
        Files.createDirectories(wrong.folder());
        Files.copy(new ByteArrayInputStream(new byte[] {1}), wrong.folder().resolve("thesis"));
        Result result = wrong.run("up");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("it holds other files");
        assertThat(wrong.folder()).isDirectoryContaining(path -> path.endsWith("thesis"));
        assertThat(wrong.folder().toFile().list()).hasSize(1);
    }
}
