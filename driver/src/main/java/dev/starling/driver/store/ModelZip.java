package dev.starling.driver.store;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.dl4j.Dl4jNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code model.zip}: what stock DL4J's {@code ModelSerializer} writes and reads, stock classes only and without updater state (training state is
 * not for other programs), and one entry more, the preprocessing, which DL4J passes over.
 */
final class ModelZip {
    private ModelZip() {}

    /** @param parameters in DL4J's order, as many as the network has */
    static void write(NetworkSpec network, float[] parameters, String extraName, byte[] extra, OutputStream out)
            throws IOException {
        ByteArrayOutputStream model = new ByteArrayOutputStream(parameters.length * Float.BYTES + 64 * 1024);
        Model built = Dl4jNetwork.model(network.withoutHeritage(), parameters);
        try {
            ModelSerializer.writeModel(built, model, false);
        } finally {
            built.close();
        }
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(model.toByteArray()))) {
            // The stream below is the caller's to close, so the zip is finished and not closed.
            ZipOutputStream zip = new ZipOutputStream(out);
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                entries.transferTo(zip);
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry(extraName));
            zip.write(extra);
            zip.closeEntry();
            zip.finish();
            zip.flush();
        }
    }

    /**
     * The parameters in DL4J's order, bit for bit as they were written.
     *
     * @throws InvalidInput if the file is damaged
     */
    static float[] parameters(byte[] model, String place) {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(model))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().equals(ModelSerializer.COEFFICIENTS_BIN)) {
                    try (INDArray flat = Nd4j.read(new DataInputStream(entries))) {
                        float[] parameters = flat.data().asFloat();
                        entries.closeEntry(); // Reads to the end, where its checksum is compared.
                        return parameters;
                    }
                }
            }
        } catch (IOException | RuntimeException damaged) {
            InvalidInput told = new InvalidInput(
                    "Cannot read " + place + ": " + damaged.getMessage() + " (expected a whole model)");
            told.initCause(damaged);
            throw told;
        }
        throw new InvalidInput("Cannot read " + place + ": no " + ModelSerializer.COEFFICIENTS_BIN
                + " in it (expected a model as DL4J's ModelSerializer writes it)");
    }
}
