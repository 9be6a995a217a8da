package dev.starling.driver.store;

import dev.starling.driver.files.StoreFiles;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.network.NetworkSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A model that an executor puts into a run, having trained it, or takes from one, to begin with. */
public final class StoredModel {
    private StoredModel() {}

    /**
     * The parameters of a stored model in DL4J's order.
     *
     * @param folder a run's, absolute
     */
    public static float[] parameters(String folder, Configuration configuration) {
        StoreFiles files = StoreFiles.at(new Path(folder).toUri(), configuration);
        return ModelZip.parameters(files.read(RunDirectory.MODEL), files.location() + "/" + RunDirectory.MODEL);
    }

    /**
     * Writes {@code model.zip} as that of a run: for stock DL4J, with its preparation inside and in a file beside. Complete when it appears.
     *
     * @param folder absolute; made if it is not there
     * @param parameters in DL4J's order
     */
    public static void write(
            URI folder, Configuration configuration, NetworkSpec network, float[] parameters, Preparation preparation) {
        byte[] preprocessing = PreparationJson.write(preparation).getBytes(StandardCharsets.UTF_8);
        StoreFiles files = StoreFiles.at(folder, configuration);
        files.write(RunDirectory.PREPROCESSING, preprocessing);
        files.write(
                RunDirectory.MODEL,
                out -> ModelZip.write(network, parameters, RunDirectory.PREPROCESSING, preprocessing, out));
    }
}
