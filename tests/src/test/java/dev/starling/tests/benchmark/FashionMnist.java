package dev.starling.tests.benchmark;

import dev.starling.worker.InvalidInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The first training examples of Fashion-MNIST.
 *
 * @param pixels examples × 784, unsigned bytes
 * @param labels one per example, 0 to 9
 */
record FashionMnist(byte[] pixels, byte[] labels) {
    static final int PIXELS = 784;
    static final int CLASSES = 10;

    private static final String IMAGES_FILE = "train-images-idx3-ubyte.gz";
    private static final String LABELS_FILE = "train-labels-idx1-ubyte.gz";
    private static final int IMAGES_HEADER = 16;
    private static final int LABELS_HEADER = 8;

    /**
     * The folder that {@code STARLING_DATA} names, or else {@code ../shared/data} beside the checkout.
     *
     * @throws InvalidInput if Fashion-MNIST is in neither
     */
    static Path dataFolder(Map<String, String> environment, Path root) {
        String named = environment.getOrDefault("STARLING_DATA", "");
        Path folder = named.isEmpty() ? root.resolve("../shared/data").normalize() : Path.of(named);
        if (!Files.isReadable(folder.resolve("fashion-mnist").resolve(IMAGES_FILE))) {
            throw new InvalidInput("Cannot find Fashion-MNIST: no fashion-mnist/" + IMAGES_FILE + " in " + folder
                    + " (expected there; STARLING_DATA names the folder of data sets)");
        }
        return folder.toAbsolutePath().normalize();
    }

    static FashionMnist read(Path dataFolder, int examples) {
        Path folder = dataFolder.resolve("fashion-mnist");
        return new FashionMnist(
                read(folder.resolve(IMAGES_FILE), IMAGES_HEADER, examples * PIXELS),
                read(folder.resolve(LABELS_FILE), LABELS_HEADER, examples));
    }

    private static byte[] read(Path file, int header, int length) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            in.skipNBytes(header);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new InvalidInput(
                        file + ": " + bytes.length + " bytes of data (expected at least " + length + ")");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    int examples() {
        return labels.length;
    }

    /** Writes them as the two IDX files that an experiment reads. */
    void write(Path imagesFile, Path labelsFile) {
        write(imagesFile, pixels, 0x803, examples(), 28, 28);
        write(labelsFile, labels, 0x801, examples());
    }

    private static void write(Path file, byte[] data, int... header) {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (int number : header) {
                out.writeInt(number);
            }
            out.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** One batch as a network takes it: pixels divided by 255, row by row. */
    float[] features(int from, int rows) {
        float[] features = new float[rows * PIXELS];
        for (int i = 0; i < features.length; i++) {
            features[i] = (pixels[from * PIXELS + i] & 0xff) / 255f;
        }
        return features;
    }

    /** One-hot, row by row. */
    float[] targets(int from, int rows) {
        float[] targets = new float[rows * CLASSES];
        for (int i = 0; i < rows; i++) {
            targets[i * CLASSES + labels[from + i]] = 1;
        }
        return targets;
    }
}
