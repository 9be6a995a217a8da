package dev.starling.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelZipTest {
    private static byte[] model() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] extra = "{}".getBytes(StandardCharsets.UTF_8);
        ModelZip.write(Examples.NETWORK, Examples.PARAMETERS, "preprocessing.json", extra, out);
        return out.toByteArray();
    }

    @Test
    void stockDl4jRestoresItAndPredictsByTheFormula() throws IOException {
        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(model()), false);
        float[] p = Examples.PARAMETERS;
        // Dense kernels lie [out, in] by rows; bias after the kernel.
        double z = p[12];
        for (int unit = 0; unit < 3; unit++) {
            z += p[9 + unit] * Math.tanh(p[2 * unit] * 0.5 + p[2 * unit + 1] * -1.5 + p[6 + unit]);
        }
        INDArray output = restored.output(Nd4j.create(new float[][] {{0.5f, -1.5f}}));
        assertThat(output.getDouble(0)).isCloseTo(1 / (1 + Math.exp(-z)), within(1e-6));
    }

    @Test
    void givesTheParametersBackBitForBit() throws IOException {
        assertThat(ModelZip.parameters(model(), "m")).containsExactly(Examples.PARAMETERS);
    }

    @Test
    void holdsThePreprocessingAndNoUpdaterState() throws IOException {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(model()))) {
            StringBuilder names = new StringBuilder();
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.append(entry.getName()).append(' ');
            }
            assertThat(names.toString()).contains("preprocessing.json ").doesNotContain("updater");
        }
    }

    /** Wherever: in what is read, and in its checksum. Names of entries and their times have none. */
    @Test
    void damageIsWrongInput() throws IOException {
        byte[] whole = model();
        assertThatThrownBy(() -> ModelZip.parameters(Arrays.copyOf(whole, 500), "r/model.zip"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot read r/model.zip: ");
        int coefficients = new String(whole, StandardCharsets.ISO_8859_1).indexOf("coefficients.bin");
        for (int at = coefficients + 20; at < coefficients + 60; at += 4) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            assertThatThrownBy(() -> ModelZip.parameters(flipped, "r/model.zip"))
                    .as("byte %d", at)
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void tellsWhatIsNoModel() {
        assertThatThrownBy(() -> ModelZip.parameters(new byte[] {1, 2, 3}, "r/model.zip"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot read r/model.zip: no coefficients.bin");
    }
}
