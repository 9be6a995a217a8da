package dev.starling.driver.selection.pool;

import dev.starling.driver.checkpoint.LoneState;
import dev.starling.driver.files.StoreFiles;
import dev.starling.driver.store.StoredModel;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.gang.Checkpoints.Saved;
import dev.starling.worker.gang.Checkpoints.Snapshot;
import dev.starling.worker.network.NetworkSpec;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/** What units keep in the store, written and read by their executors. */
record UnitFiles(Configuration hadoop) {
    void writeModel(String folder, NetworkSpec network, float[] parameters, Preparation preparation) {
        StoredModel.write(URI.create(folder), hadoop, network, parameters, preparation);
    }

    float[] readModel(String folder) {
        return StoredModel.parameters(folder, hadoop);
    }

    void writeState(String file, Snapshot snapshot) {
        LoneState.write(folder(file), name(file), snapshot);
    }

    Saved readState(String file) {
        return LoneState.read(folder(file), name(file));
    }

    private StoreFiles folder(String file) {
        return StoreFiles.at(URI.create(file.substring(0, file.lastIndexOf('/'))), hadoop);
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
