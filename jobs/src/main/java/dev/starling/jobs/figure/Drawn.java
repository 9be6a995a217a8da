package dev.starling.jobs.figure;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.store.RunHistory;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.StepChoice;
import java.util.Optional;

/**
 * What pictures are drawn of: a trained model with its data and history.
 *
 * @param labelled the rows with their classes, prepared alike, where the target is the input
 * @param seed of the experiment
 * @param parameters in DL4J's order
 */
public record Drawn(
        PreparedData data,
        Optional<PreparedData> labelled,
        NetworkSpec network,
        long seed,
        float[] parameters,
        StepChoice step,
        RunHistory history) {
    /** The rows with what there is of classes. */
    PreparedData classes() {
        return labelled.orElse(data);
    }
}
