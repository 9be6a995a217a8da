package dev.starling.worker.gang;

import dev.starling.worker.metrics.Scoring;
import java.util.List;

/**
 * What a replica learns from.
 *
 * @param train its part of the training examples
 * @param validation its part of the validation blocks; each block is one replica's
 * @param hasValidation whether any replica has validation examples
 */
public record ReplicaData(Examples train, List<ValidationBlock> validation, boolean hasValidation, Scoring scoring) {
    public ReplicaData {
        validation = List.copyOf(validation);
    }
}
