package dev.starling.tests.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.starling.driver.keras.KerasExport;
import dev.starling.driver.keras.KerasFile;
import dev.starling.jobs.keras.KerasImport;
import dev.starling.tests.Checkout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Starling writes for Keras is read again by Starling, bit for bit, and, where a Python with Keras is at hand, by Keras. */
class KerasExportTest {
    private static final Path OUT = Checkout.path("tests/target/keras-exports");
    /** Channels first is not what we write, so the inputs would be others: those fixtures are imported and exported like all. */
    private static final List<String> FIXTURES = List.of(
            "xor",
            "mlp",
            "cnn",
            "normalized_flatten",
            "uneven",
            "series",
            "activations",
            "autoencoder",
            "logistic",
            "course",
            "decoder",
            "functional",
            "channels_first",
            "channels_first-moved",
            "layers_1d",
            "layers_2d",
            "pixels",
            "means",
            "largest",
            "slopes_first",
            "residual",
            "added_rows",
            "outputs",
            "shared_slopes",
            "shared_slopes_first");

    private static void export(String name) throws IOException {
        KerasImport model = KerasFixture.load("keras3/" + name + ".keras");
        KerasExport export = new KerasExport(name, model.network(), model.parameters());
        Files.createDirectories(OUT);
        try (OutputStream out = Files.newOutputStream(OUT.resolve(name + ".keras"))) {
            export.archive(out);
        }
        Files.writeString(OUT.resolve(name + ".json"), export.architecture());
        Files.write(OUT.resolve(name + ".weights.h5"), export.weights());
        Files.write(OUT.resolve(name + ".h5"), export.whole());
    }

    private static KerasImport read(String file, Optional<String> weights) throws IOException {
        Optional<byte[]> bytes =
                weights.isEmpty() ? Optional.empty() : Optional.of(Files.readAllBytes(OUT.resolve(weights.get())));
        return KerasImport.of(
                KerasFile.open(Files.readAllBytes(OUT.resolve(file)), file, bytes, weights.orElse("")), "back", file);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        for (String name : FIXTURES) {
            export(name);
            float[] expected = KerasFixture.load("keras3/" + name + ".keras").parameters();
            assertThat(read(name + ".keras", Optional.empty()).parameters())
                    .as(name)
                    .isEqualTo(expected);
            assertThat(read(name + ".json", Optional.of(name + ".weights.h5")).parameters())
                    .as(name)
                    .isEqualTo(expected);
            assertThat(read(name + ".h5", Optional.empty()).parameters())
                    .as(name)
                    .isEqualTo(expected);
        }
    }

    /** {@code STARLING_KERAS} names one or several Pythons, with colons between, that have Keras 2 or 3. */
    @Test
    void realKerasPredictsTheSame() throws IOException, InterruptedException {
        String pythons = System.getenv("STARLING_KERAS");
        assumeTrue(pythons != null, "skipped: STARLING_KERAS names no Python that has Keras");
        for (String name : FIXTURES) {
            export(name);
        }
        for (String python : pythons.split(":", -1)) {
            Process check = new ProcessBuilder(
                            python,
                            KerasFixture.FOLDER.resolve("check_exports.py").toString(),
                            OUT.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(check.waitFor()).as(said).isZero();
            assertThat(said).contains(FIXTURES.size() + " networks");
            Stream.of(said.split("\n")).filter(line -> line.startsWith("|")).forEach(System.out::println);
        }
    }
}
