package dev.starling.driver.training;

import dev.starling.driver.checkpoint.CheckpointPlace;
import java.util.Optional;

/**
 * What a training does about failures.
 *
 * @param checkpoints where its state is kept, and where it goes on from if there is some; without a place it begins again
 */
public record Recovery(FaultSpec faults, Optional<CheckpointPlace> checkpoints) {
    /** For a training that is stored nowhere: it is repeated from its beginning. */
    public static final Recovery WITHOUT_CHECKPOINTS = new Recovery(FaultSpec.DEFAULT, Optional.empty());
}
