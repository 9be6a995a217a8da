package dev.starling.tests.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.starling.driver.keras.KerasFile;
import dev.starling.jobs.keras.KerasImport;
import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import dev.starling.worker.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, or meant to do harm: one clear line, and nothing run, written or taken for whole. */
class HostileKerasTest {
    @TempDir
    private Path folder;

    private static void open(byte[] file) {
        KerasImport.of(KerasFile.open(file, "m.keras", Optional.empty(), ""), "m", "m.keras");
    }

    private static Map<String, byte[]> entries(String archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(KerasFixture.bytes(archive)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] with(String entry, byte[] content) throws IOException {
        Map<String, byte[]> entries = entries("keras3/mlp.keras");
        entries.put(entry, content);
        return zip(entries);
    }

    /** The architecture of the small network, changed. */
    private static byte[] changed(String pattern, String replacement) throws IOException {
        Map<String, byte[]> entries = entries("keras3/mlp.keras");
        String config = new String(entries.get("config.json"), StandardCharsets.UTF_8);
        String other = config.replaceFirst(pattern, replacement);
        assertThat(other).isNotEqualTo(config);
        entries.put("config.json", other.getBytes(StandardCharsets.UTF_8));
        return zip(entries);
    }

    @Test
    void theUnchangedFileIsFine() throws IOException {
        open(zip(entries("keras3/mlp.keras")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil", "/evil", "a/../../evil", "..\\evil", "C:\\evil"})
    void anEntryThatLeadsOutIsRefused(String name) throws IOException {
        byte[] file = with(name, new byte[1]);
        assertThatThrownBy(() -> open(file)).isInstanceOf(InvalidInput.class).hasMessageContaining("leads out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "metadata.json", "model.weights.h5"})
    void aBombIsNotBlownUp(String entry) throws IOException {
        byte[] bomb = new byte[100 << 20];
        Arrays.fill(bomb, (byte) ' ');
        byte[] file = with(entry, bomb);
        assertThat(file.length).isLessThan(1 << 20);
        assertThatThrownBy(() -> open(file)).isInstanceOf(InvalidInput.class).hasMessageContaining("larger than");
    }

    /** Stored as it is, so that no packing tells of the damage. */
    @Test
    void aBitThatFlippedInAnArchiveIsTold() {
        byte[] whole = KerasFixture.bytes("keras3/mlp.keras");
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        assertThatThrownBy(() -> open(flipped)).isInstanceOf(InvalidInput.class).hasMessageContaining("checksum");
    }

    @Test
    void whatIsNoModelAtAllIsCalledSo() {
        assertThatThrownBy(() -> open("hello\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("neither an archive nor HDF5 nor JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keras3/mlp.keras", "keras2/mlp.h5"})
    void aTruncatedFileIsRefused(String name) {
        byte[] whole = KerasFixture.bytes(name);
        for (int part = 1; part < 20; part++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * part / 20);
            assertThatThrownBy(() -> open(cut)).as("%d of 20", part).isInstanceOf(InvalidInput.class);
        }
    }

    /** Whatever byte is wrong: refused, or by chance a model still; nothing else is thrown, and nothing hangs. */
    @ParameterizedTest
    @ValueSource(strings = {"keras2/mlp.h5", "keras3/cnn.weights.h5", "keras1/graph.h5"})
    void damageIsRefusedOrHarmless(String name) {
        byte[] whole = KerasFixture.bytes(name);
        Random random = new Random(1);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + trial % 8; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Throwable thrown = catchThrowable(() -> openEither(name, damaged));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(InvalidInput.class);
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private static void openEither(String name, byte[] bytes) {
        if (name.endsWith(".weights.h5")) {
            byte[] architecture = KerasFixture.bytes(name.replace(".weights.h5", ".architecture.json"));
            KerasImport.of(KerasFile.open(architecture, "m.json", Optional.of(bytes), "m.h5"), "m", "m.json");
        } else {
            open(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"class_name\": \"Dropout\"|\"class_name\": \"Lambda\"|code (Lambda)",
                "\"activation\": \"relu\"|\"activation\": {\"class_name\": \"__lambda__\", \"config\": {\"value\": \"4wEA\"}}|code (__lambda__)",
                "\"activation\": \"relu\"|\"activation\": {\"module\": \"builtins\", \"class_name\": \"function\", \"config\": \"f\"}|code (function)",
                "\"module\": \"keras.layers\", \"class_name\": \"Dropout\"|\"module\": \"os\", \"class_name\": \"system\"|code of its own, os.system",
                "\"class_name\": \"Dropout\"(.*?)\"registered_name\": null|\"class_name\": \"Noise\"$1\"registered_name\": \"mine>Noise\"|mine>Noise",
            })
    void codeIsNeverRun(String pattern, String replacement, String named) throws IOException {
        byte[] file = changed(pattern, replacement);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Cannot import layer ")
                .hasMessageContaining(named)
                .hasMessageContaining("never run");
    }

    @Test
    void aLayerThatStarlingHasNotIsNamedWithItsPlace() throws IOException {
        byte[] file = changed("\"class_name\": \"Dropout\"", "\"class_name\": \"LSTM\"");
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Cannot import layer 4 (LSTM dropout): no such layer in Starling");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"activation\": \"relu\"|\"activation\": \"gelu\"|activation gelu",
                "\"units\": 8|\"units\": \"many\"|units \"many\"",
                "\"bias_regularizer\": null|\"bias_regularizer\": {\"class_name\": \"L2\"}|bias_regularizer",
                "\"noise_shape\": null|\"noise_shape\": [1, 2]|noise_shape [1,2]",
                "\"scale\": true|\"scale\": false|4 arrays",
                "\"axis\": -1|\"axis\": 3|axis 3",
                "\"units\": 8|\"units\": 9|shape [5, 8] (expected [5, 9])",
                "\"units\": 8|\"units\": 2000000000|more than",
                "\"units\": 8|\"units\": 20000000|bytes of weights",
                "\"class_name\": \"Sequential\"|\"class_name\": \"MyModel\"|a model of class MyModel",
            })
    void anOptionThatStarlingHasNotIsNamed(String pattern, String replacement, String named) throws IOException {
        byte[] file = changed(pattern, replacement);
        assertThatThrownBy(() -> open(file)).isInstanceOf(InvalidInput.class).hasMessageContaining(named);
    }

    @Test
    void allProblemsAreToldAtOnce() throws IOException {
        byte[] file = changed(
                "\"activation\": \"relu\"(.*)\"noise_shape\": null", "\"activation\": \"gelu\"$1\"noise_shape\": [2]");
        InvalidInput thrown = (InvalidInput) catchThrowable(() -> open(file));
        assertThat(thrown.problems()).hasSize(2);
    }

    @Test
    void aLinkToAnotherFileIsNotFollowed() {
        assertThatThrownBy(() -> KerasFixture.load("keras3/mlp.architecture.json + hostile/links.weights.h5"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("link");
    }

    @Test
    void theCommandEndsWith2AndStoresNothing() throws IOException {
        Files.write(folder.resolve("bad.keras"), changed("\"class_name\": \"Dropout\"", "\"class_name\": \"Lambda\""));
        Files.write(folder.resolve("text.keras"), "hello".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("half.json"), KerasFixture.bytes("keras3/cnn.architecture.json"));
        Files.write(folder.resolve("half.h5"), KerasFixture.bytes("keras3/cnn.weights.h5"));
        Shell shell = new Shell(folder, Map.of());
        for (String file : new String[] {"bad.keras", "text.keras", "half.json", "half.h5", "none.keras"}) {
            Result result = shell.run("import-keras", file);
            assertThat(result.status()).as(file).isEqualTo(2);
            assertThat(result.problems()).as(file).hasSize(1);
            assertThat(result.err()).as(file).doesNotContain("\tat ");
            assertThat(shell.stored("runs")).isEmpty();
        }
    }
}
