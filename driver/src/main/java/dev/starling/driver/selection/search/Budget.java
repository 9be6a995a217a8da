package dev.starling.driver.selection.search;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * When a sweep ends. What is running when a limit is reached is finished.
 *
 * @param trials begun; empty for no limit
 * @param maxTime of all sessions of the sweep together; empty for no limit
 * @param maxEpochs trained by all trials together, every fold and seed counted; empty for no limit
 * @param maxFailed trials that may fail; one more ends the sweep
 */
public record Budget(OptionalInt trials, Optional<Duration> maxTime, OptionalLong maxEpochs, int maxFailed) {
    /** How many may fail where nobody says. */
    public static final int MAY_FAIL = 10;
}
