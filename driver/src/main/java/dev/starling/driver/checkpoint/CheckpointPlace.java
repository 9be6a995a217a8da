package dev.starling.driver.checkpoint;

import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where the checkpoints of a run are, as it travels to executors.
 *
 * @param run its directory, absolute; without a scheme the local disk
 * @param configuration Hadoop's, as the driver has it
 */
public record CheckpointPlace(URI run, SerializableConfiguration configuration) implements Serializable {
    public CheckpointPlace(URI run, Configuration configuration) {
        this(run, new SerializableConfiguration(configuration));
    }

    public CheckpointFolder folder() {
        return CheckpointFolder.of(run, configuration.value());
    }
}
