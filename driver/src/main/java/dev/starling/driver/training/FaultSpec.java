package dev.starling.driver.training;

import dev.starling.driver.checkpoint.CheckpointRule;
import java.io.Serializable;
import java.time.Duration;

/**
 * What is done about failures of machines.
 *
 * @param checkpoint when the gang keeps its state
 * @param keep how many checkpoints stay, the newest ones, ≥ 1
 * @param peerTimeout silence after which a peer is given up
 * @param retries how often training begins again from the last checkpoint, ≥ 0
 */
public record FaultSpec(CheckpointRule checkpoint, int keep, Duration peerTimeout, int retries)
        implements Serializable {
    /** As an experiment that says nothing. */
    public static final FaultSpec DEFAULT = new FaultSpec(new CheckpointRule.Epochs(1), 2, Duration.ofSeconds(60), 3);
}
