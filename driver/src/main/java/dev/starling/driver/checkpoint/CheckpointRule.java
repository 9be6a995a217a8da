package dev.starling.driver.checkpoint;

import java.io.Serializable;
import java.time.Duration;

/** When a gang keeps its state. It never changes what is computed. */
public sealed interface CheckpointRule extends Serializable {
    /** At the end of every {@code epochs}-th epoch, ≥ 1, but not within a few seconds of the last one. */
    record Epochs(int epochs) implements CheckpointRule {}

    /** After {@code rounds} rounds since the last one, ≥ 1. */
    record Rounds(int rounds) implements CheckpointRule {}

    /** At the end of the round in which so much time has passed since the last one. */
    record Time(Duration pause) implements CheckpointRule {}
}
