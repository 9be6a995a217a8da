package dev.starling.driver.selection.pool;

import dev.starling.driver.store.StoredFile;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.network.NetworkSpec;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/** What a unit keeps in the store, written and read by its executor. */
final class UnitFiles {
    private UnitFiles() {}

    static void writeModel(
            String uri, Configuration hadoop, NetworkSpec network, float[] parameters, Preparation preparation) {
        StoredFile.at(URI.create(uri), hadoop).writeModel(network, parameters, preparation);
    }
}
