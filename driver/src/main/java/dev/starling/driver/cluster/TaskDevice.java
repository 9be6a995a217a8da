package dev.starling.driver.cluster;

import dev.starling.worker.step.Device;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The device of the calling task: the GPU that Spark gave to it, or one by the task's index where Spark hands out none, as in local mode. */
public final class TaskDevice {
    private TaskDevice() {}

    /**
     * Attaches the task's thread; before a step is made on it.
     *
     * @return what provenance says of it
     * @throws dev.starling.worker.InvalidInput if the task was given more than one GPU, or one that is not there
     */
    public static String attach() {
        TaskContext task = TaskContext.get();
        ResourceInformation gpus = task.resourcesJMap().get("gpu");
        return Device.attach(gpus == null ? List.of() : List.of(gpus.addresses()), task.partitionId());
    }
}
