package dev.starling.driver.training;

import dev.starling.driver.transport.DriverServer;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.gang.GangPlan;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.network.NetworkSpec;
import java.io.Serializable;
import org.apache.spark.util.SerializableConfiguration;

/**
 * All that a task needs to know to be a replica.
 *
 * @param run id of this attempt at training
 * @param rows training examples of each rank
 * @param oneJvm whether all replicas are known to be in one JVM
 * @param keeping of its state
 * @param hadoop for the model that the network begins from
 * @param driver where rank 0 tells its progress
 * @param start first parameters; none where they are drawn by the layers' initialisers
 */
record GangSpec(
        String run,
        NetworkSpec network,
        TrainingSpec training,
        Preparation preparation,
        int[] rows,
        boolean hasValidation,
        boolean oneJvm,
        Keeping keeping,
        SerializableConfiguration hadoop,
        DriverServer.Address driver,
        float[] start)
        implements Serializable {
    int replicas() {
        return rows.length;
    }

    GangPlan plan() {
        return new GangPlan(rows, training.batchSize(), training.averaging());
    }
}
