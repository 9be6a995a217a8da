package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.store.RunStore;
import dev.starling.driver.store.StoredRun;
import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.LocalCluster;
import dev.starling.tests.Result;
import dev.starling.tests.SparkSubmit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's own spark-submit on a standalone cluster of real processes, with data and store in its HDFS. */
@ExtendWith(LocalCluster.Extension.class)
class SubmitTest {
    private static final String JAR = "jobs/target/starling.jar";

    @TempDir
    private Path folder;

    private final LocalCluster cluster;

    SubmitTest(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void assumeBuilt() {
        Launcher.assumeBuilt();
    }

    /** One executor of two cores, for the two replicas of the experiments. */
    private Result submit(String mode, String jar, List<String> program) {
        List<String> words = new ArrayList<>(List.of("--master", cluster.master(), "--deploy-mode", mode));
        words.addAll(List.of("--conf", "spark.executor.cores=2", "--conf", "spark.cores.max=2"));
        words.addAll(List.of(
                "--properties-file", Checkout.path("conf/spark/submit.conf").toString()));
        words.addAll(List.of("--class", "dev.starling.Starling", jar));
        words.addAll(program);
        return new SparkSubmit(folder).run(words.toArray(String[]::new));
    }

    private StoredRun onlyRun(URI store) {
        List<StoredRun> runs = RunStore.at(store, new Configuration()).runs();
        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).finished()).isTrue();
        return runs.get(0);
    }

    @Test
    void trainsTheDigitsFromADriverOfTheUsersOwn() throws IOException {
        URI data = cluster.put(Checkout.path("conf/data/digits/digits.csv.gz"), "client/data");
        URI store = cluster.hdfs("client/runs");
        String experiment = Checkout.path("conf/experiments/digits.yaml").toString();
        Result result = submit(
                "client",
                Checkout.path(JAR).toString(),
                List.of(
                        "train",
                        experiment,
                        "--set",
                        "data.directory=" + data,
                        "--set",
                        "training.epochs=3",
                        "--runs",
                        store.toString()));
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.lastLine()).isEqualTo(onlyRun(store).location());
    }

    /** Nothing but HDFS is seen by both sides: the jar and the experiment lie there too. */
    @Test
    void trainsTheDigitsFromADriverOnTheCluster() throws IOException {
        cluster.put(Checkout.path("conf/data/digits/digits.csv.gz"), "cluster");
        cluster.put(Checkout.path("conf/experiments/digits.yaml"), "cluster");
        URI home = cluster.put(Checkout.path(JAR), "cluster");
        URI store = cluster.hdfs("cluster/runs");
        Result result = submit(
                "cluster",
                home + "/starling.jar",
                List.of(
                        "train",
                        home + "/digits.yaml",
                        "--set",
                        "data.directory=" + home,
                        "--set",
                        "training.epochs=3",
                        "--runs",
                        store.toString()));
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).contains(" is FINISHED, exiting spark-submit JVM");
        assertThat(onlyRun(store).name()).startsWith("digits-");
    }

    /** Its own exit status is 0 either way: that is Spark's. */
    @Test
    void sparkSubmitTellsThatADriverOnTheClusterEndedWithAnError() throws IOException {
        URI home = cluster.put(Checkout.path(JAR), "failing");
        Result result = submit("cluster", home + "/starling.jar", List.of("train", home + "/none.yaml"));
        assertThat(result.err()).contains(" is FAILED, exiting spark-submit JVM");
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"client", "cluster"})
    void trainsFashionMnist(String mode) throws IOException {
        Path images = Path.of(Checkout.fashionMnist().get("STARLING_DATA"), "fashion-mnist");
        for (String name : List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
            cluster.put(images.resolve(name + "-ubyte.gz"), "fashion");
        }
        cluster.put(Checkout.path("conf/experiments/fashion-mlp.yaml"), "fashion");
        URI home = cluster.put(Checkout.path(JAR), "fashion");
        URI store = cluster.hdfs("fashion/runs-" + mode);
        Result result = submit(
                mode,
                home + "/starling.jar",
                Stream.of("train", home + "/fashion-mlp.yaml", "--set", "data.directory=" + home, "--runs", "" + store)
                        .toList());
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(onlyRun(store).name()).startsWith("fashion-mlp-");
    }
}
