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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exercise 6.5: MNIST through two linear units and back, on two replicas. {@code tests/results/autoencoders.md} keeps what it came to. */
@Tag("full")
class ConvolutionalAutoencoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void reconstructsMnistFromTwoUnitsToAnErrorOfAtMost42Thousandths() throws IOException {
        String file =
                Checkout.path("conf/experiments/course/autoencoder-mnist.yaml").toString();
        Shell shell = new Shell(folder, Checkout.fashionMnist());
        Result trained = shell.run("train", file, "--master", "local[2]");
        assertThat(trained.status()).as(trained.err()).isZero();
        Path run = Path.of(trained.lastLine());
        System.out.println(Files.readString(run.resolve("history.csv")));
        JsonNode metrics = JSON.readTree(Files.readString(run.resolve("metrics.json")));
        assertThat(metrics.at("/validation/mse").asDouble()).isLessThanOrEqualTo(0.042);

        Result seen = shell.run("inspect", run.toString(), "--layer", "features", "--master", "local[2]");
        assertThat(seen.status()).as(seen.err()).isZero();
        Path inspected = Path.of(seen.lastLine());
        String summary = Files.readString(inspected.resolve("inspection.json"));
        System.out.println(summary);
        assertThat(JSON.readTree(summary).at("/units").asInt()).isEqualTo(2);
        assertThat(ImageIO.read(inspected.resolve("reconstructions.png").toFile()))
                .isNotNull();
        assertThat(JSON.readTree(summary).at("/linearClassifier/codeAccuracy").asDouble())
                .as("two units tell digits apart better than two components")
                .isGreaterThan(JSON.readTree(summary)
                        .at("/linearClassifier/pcaAccuracy")
                        .asDouble());
    }
}
