package dev.starling.tests.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.LocalCluster;
import dev.starling.tests.Result;
import dev.starling.tests.SparkSubmit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A user's program under Spark's own spark-submit, with nothing of ours but the jar: replicas in two executors give the bits of one JVM, and the digits are learnt. */
@ExtendWith(LocalCluster.Extension.class)
class ClusterTest {
    @TempDir
    private Path folder;

    private final LocalCluster cluster;

    ClusterTest(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void assumeBuilt() {
        Launcher.assumeBuilt();
    }

    private Path program() throws IOException {
        Path jar = folder.resolve("digits.jar");
        String name = DigitsOnSpark.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                InputStream compiled = DigitsOnSpark.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            compiled.transferTo(out);
        }
        return jar;
    }

    private List<String> train(String master, URI data, String... settings) throws IOException {
        List<String> words = new ArrayList<>(List.of("--master", master));
        words.addAll(List.of(settings));
        words.addAll(List.of("--jars", Checkout.path("jobs/target/starling.jar").toString()));
        words.addAll(List.of("--class", DigitsOnSpark.class.getName(), program().toString(), data.toString()));
        Result result = new SparkSubmit(folder).run(words.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        return result.out().lines().toList();
    }

    @Test
    void aProgramOfTheUsersOwnLearnsTheDigitsInTwoExecutorsAsInOneJvm() throws IOException {
        URI data = cluster.put(Checkout.path("conf/data/digits/digits.csv.gz"), "dropin/data");
        List<String> one = train("local[4]", data, "--conf", "spark.default.parallelism=4");
        List<String> several = train(
                cluster.master(),
                data,
                "--conf",
                "spark.default.parallelism=4",
                "--conf",
                "spark.executor.cores=2",
                "--conf",
                "spark.cores.max=4");
        assertThat(several).isEqualTo(one);
        assertThat(one).hasSize(6);
        double last = Double.parseDouble(one.get(4).substring(one.get(4).indexOf("score ") + 6));
        assertThat(last).isLessThan(0.5);
    }
}
