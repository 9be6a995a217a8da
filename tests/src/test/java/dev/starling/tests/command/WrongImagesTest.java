package dev.starling.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.tests.Result;
import dev.starling.tests.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Image files that are not what they should be: told with their names, exit status 2, nothing stored. */
class WrongImagesTest {
    private static final int IMAGES = 30;
    private static final int PIXELS = 16;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.write(folder.resolve("images.gz"), gzip(images(IMAGES)));
        Files.write(folder.resolve("labels.gz"), gzip(labels(IMAGES)));
        Files.writeString(
                folder.resolve("images.yaml"),
                """
                data: {train: {format: idx, features: images.gz, labels: labels.gz}, scale: {divideBy: 255}}
                network: {layers: [flatten, {dense: {units: 3, activation: softmax}}]}
                training: {loss: categoricalCrossentropy, batchSize: 8, epochs: 1}
                """);
    }

    private static byte[] images(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * PIXELS);
        bytes.putInt(0x803).putInt(count).putInt(4).putInt(4);
        for (int i = 0; i < count * PIXELS; i++) {
            bytes.put((byte) (i * 37));
        }
        return bytes.array();
    }

    private static byte[] labels(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + count);
        bytes.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            bytes.put((byte) (i % 3));
        }
        return bytes.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }

    private Result train() {
        return new Shell(folder, Map.of()).run("train", "images.yaml", "--master", "local[2]");
    }

    private void tells(String... parts) {
        Result result = train();
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).doesNotContain("at dev.starling", "\tat ", "Exception");
        assertThat(result.problems()).singleElement().asString().contains(parts);
        assertThat(new Shell(folder, Map.of()).stored("runs")).isEmpty();
    }

    /** What the others break. */
    @Test
    void rightImagesTrain() {
        Result result = train();
        assertThat(result.status()).as(result.err()).isZero();
    }

    @Test
    void countsThatDifferAreToldBoth() throws IOException {
        Files.write(folder.resolve("labels.gz"), gzip(labels(29)));
        tells(folder + "/images.gz", folder + "/labels.gz", "30", "29");
    }

    @Test
    void aTruncatedGzipIsTold() throws IOException {
        byte[] whole = gzip(images(IMAGES));
        Files.write(folder.resolve("images.gz"), Arrays.copyOf(whole, whole.length / 2));
        tells(folder + "/images.gz", "truncated");
    }

    @Test
    void aTruncatedGzipOfACsvIsTold() throws IOException {
        byte[] whole = gzip(Points.csv(2000).getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("points.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(folder.resolve("images.yaml"), Points.EXPERIMENT.replace("points.csv", "points.csv.gz"));
        tells(folder + "/points.csv.gz", "truncated");
    }

    @Test
    void aTruncatedIdxFileIsTold() throws IOException {
        byte[] whole = images(IMAGES);
        Files.write(folder.resolve("images.gz"), gzip(Arrays.copyOf(whole, whole.length - 5)));
        tells(folder + "/images.gz", "30");
    }

    @Test
    void anEmptyFileIsTold() throws IOException {
        Files.write(folder.resolve("labels.gz"), new byte[0]);
        tells(folder + "/labels.gz");
    }

    @Test
    void aFileOfAnotherFormatIsTold() throws IOException {
        Files.write(folder.resolve("images.gz"), gzip("x,y\n1,2\n3,4\n5,6\n7,8\n".getBytes(StandardCharsets.UTF_8)));
        tells(folder + "/images.gz");
    }
}
