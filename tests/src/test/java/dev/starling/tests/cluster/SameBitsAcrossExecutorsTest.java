package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.tests.Launcher;
import dev.starling.tests.Result;
import dev.starling.tests.training.Sides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four replicas in two executors, which average over Spark's transport, end with the bits of four in one JVM: parameters, optimiser state and every value; with
 * the connections authenticated and encrypted, which is the longer way.
 */
class SameBitsAcrossExecutorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path train(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("train", "sides.yaml", "--set", "cluster.replicas=4"));
        words.addAll(Arrays.asList(more));
        Result result = new Launcher(folder, Map.of()).starling(words.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        return Path.of(result.lastLine());
    }

    private static JsonNode state(Path run) throws IOException {
        JsonNode state = JSON.readTree(run.resolve("provenance.json").toFile()).get("sha256");
        assertThat(state).hasSize(2);
        return state;
    }

    private static JsonNode values(Path run) throws IOException {
        return ((ObjectNode) JSON.readTree(run.resolve("metrics.json").toFile())).without("timing");
    }

    @Test
    void twoExecutorsOfTwoReplicasGiveTheBitsOfOneJvm() throws IOException {
        Launcher.assumeBuilt();
        Sides.write(folder);
        Files.writeString(folder.resolve("sides.yaml"), Sides.EXPERIMENT);
        Path one = train("--master", "local[4]");
        Path several = train(
                "--master",
                "local-cluster[2,2,1024]",
                "--conf",
                "spark.authenticate=true",
                "--conf",
                "spark.authenticate.secret=a-secret-of-the-tests",
                "--conf",
                "spark.network.crypto.enabled=true");
        assertThat(state(several)).isEqualTo(state(one));
        assertThat(values(several)).isEqualTo(values(one));
        assertThat(Files.readString(several.resolve("history.csv")))
                .isEqualTo(Files.readString(one.resolve("history.csv")));
    }
}
