package dev.starling.driver.store;

import dev.starling.worker.data.Preparation;
import dev.starling.worker.network.NetworkSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;

/** One file of a run that somebody else than the run's own writer writes or reads: an executor. Complete when it appears. */
public final class StoredFile {
    private final StoreFiles folder;
    private final String name;

    private StoredFile(StoreFiles folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** @param file absolute; folders above it are made when it is written */
    public static StoredFile at(URI file, Configuration configuration) {
        String path = file.toString();
        int slash = path.lastIndexOf('/');
        return new StoredFile(
                StoreFiles.at(URI.create(path.substring(0, slash)), configuration), path.substring(slash + 1));
    }

    /** What fills a file. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public void write(Content content) {
        folder.write(name, content::writeTo);
    }

    public byte[] read() {
        return folder.read(name);
    }

    /** As {@code model.zip} of a run: for stock DL4J, with its preparation inside. */
    public void writeModel(NetworkSpec network, float[] parameters, Preparation preparation) {
        byte[] preprocessing = PreparationJson.write(preparation).getBytes(StandardCharsets.UTF_8);
        write(out -> ModelZip.write(network, parameters, RunDirectory.PREPROCESSING, preprocessing, out));
    }
}
