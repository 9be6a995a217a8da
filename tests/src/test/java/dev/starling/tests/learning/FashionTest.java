package dev.starling.tests.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.tests.Checkout;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fashion-MNIST, which lies outside the project, on two replicas, by the command. {@code tests/results/learning.md} keeps what the long ones came to. */
class FashionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private JsonNode train(String experiment, int epochs) throws IOException {
        Map<String, String> environment = Checkout.fashionMnist();
        String file = Checkout.path("conf/experiments/" + experiment + ".yaml").toString();
        Result trained = new Shell(folder, environment)
                .run("train", file, "--master", "local[2]", "--set", "training.epochs=" + epochs);
        assertThat(trained.status()).as(trained.err()).isZero();
        JsonNode metrics = JSON.readTree(Files.readString(Path.of(trained.lastLine(), "metrics.json")));
        assertThat(metrics.at("/train/classes/0/support").asInt()).isEqualTo(5_400);
        assertThat(metrics.at("/validation/classes/9/support").asInt()).isEqualTo(600);
        assertThat(metrics.at("/test/classes/5/support").asInt()).isEqualTo(1_000);
        return metrics;
    }

    @Test
    void theMultilayerPerceptronLearnsInOneEpoch() throws IOException {
        assertThat(train("fashion-mlp", 1).at("/test/accuracy").asDouble()).isGreaterThan(0.80);
    }

    @Test
    @Tag("full")
    void theMultilayerPerceptronReaches88PercentInTenEpochs() throws IOException {
        assertThat(train("fashion-mlp", 10).at("/test/accuracy").asDouble()).isGreaterThanOrEqualTo(0.88);
    }

    @Test
    @Tag("full")
    void theConvolutionalNetworkReaches88PercentInThreeEpochs() throws IOException {
        assertThat(train("fashion-cnn", 3).at("/test/accuracy").asDouble()).isGreaterThanOrEqualTo(0.88);
    }
}
