package dev.starling.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Launcher;
import dev.starling.tests.LocalCluster;
import dev.starling.tests.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers that offer two addresses of GPUs by a stand-in for the discovery script: what each replica is given. Nothing here computes on a GPU. */
@ExtendWith(LocalCluster.Extension.class)
class GpuTest {
    @TempDir
    private Path folder;

    private final LocalCluster cluster;

    GpuTest(LocalCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void assumeBuilt() {
        Launcher.assumeBuilt();
    }

    private Result train(int replicas, int gpusOfATask) {
        List<String> words = new ArrayList<>(
                List.of("train", Checkout.path("conf/experiments/digits.yaml").toString(), "--shared-disk"));
        words.addAll(List.of("--set", "training.epochs=1", "--master", cluster.master()));
        words.addAll(List.of("--set", "cluster.replicas=" + replicas));
        for (String setting : List.of(
                "spark.executor.cores=2",
                "spark.cores.max=2",
                "spark.executor.resource.gpu.amount=2",
                "spark.task.resource.gpu.amount=" + gpusOfATask)) {
            words.addAll(List.of("--conf", setting));
        }
        return new Launcher(folder, Map.of()).starling(words.toArray(String[]::new));
    }

    @Test
    void twoReplicasOfAnExecutorGetTwoDifferentDevices() throws IOException {
        Result result = train(2, 1);
        assertThat(result.status()).as(result.err()).isZero();
        JsonNode devices = new ObjectMapper()
                .readTree(Files.readString(Path.of(result.lastLine(), "provenance.json")))
                .get("devices");
        assertThat(devices)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "cpu (gpu 0 is not used: the backend is the processor's)",
                        "cpu (gpu 1 is not used: the backend is the processor's)");
    }

    @Test
    void aReplicaWithTwoDevicesIsWrongInput() {
        Result result = train(1, 2);
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.problems())
                .containsExactly(
                        "Cannot train a replica on 2 GPUs: [0, 1] (expected spark.task.resource.gpu.amount=1)");
    }

    @Test
    void discoveryPrintsWhatSparkReads() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path standIn = Files.writeString(bin.resolve("nvidia-smi"), "#!/bin/sh\nprintf '0\\n1\\n3\\n'\n");
        assertThat(standIn.toFile().setExecutable(true)).isTrue();
        String path = bin + ":" + System.getenv("PATH");
        String script = Checkout.path("deploy/gpu-discovery").toString();
        Result three = new Launcher(folder, Map.of("PATH", path)).run(List.of(script));
        assertThat(three.status()).isZero();
        assertThat(new ObjectMapper().readTree(three.out()))
                .isEqualTo(new ObjectMapper().readTree("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\", \"3\"]}"));

        Files.writeString(bin.resolve("nvidia-smi"), "#!/bin/sh\necho 'no driver'\nexit 9\n");
        Result broken = new Launcher(folder, Map.of("PATH", path)).run(List.of(script));
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err()).contains("nvidia-smi failed").contains("no driver");
    }

    @Test
    void gpuCheckSaysThatThereIsNoGpu() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path none = Files.writeString(bin.resolve("nvidia-smi"), "#!/bin/sh\necho 'No devices were found'\nexit 6\n");
        assertThat(none.toFile().setExecutable(true)).isTrue();
        Result result = new Launcher(folder, Map.of("PATH", bin + ":" + System.getenv("PATH")))
                .run(List.of(Checkout.path("deploy/gpu-check").toString()));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("Cannot check a GPU: nvidia-smi shows none");
        assertThat(result.out()).isEmpty();
    }
}
