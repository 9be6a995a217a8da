package dev.starling.driver.training;

import dev.starling.worker.gang.Position;
import java.util.Optional;

/**
 * One go at training: a barrier job.
 *
 * @param retry its number among the retries, 0 for the first
 * @param retries how many there may be
 * @param from where a checkpoint let it begin; empty for the beginning
 * @param cause why the one before it ended; empty for the first
 */
public record Attempt(int retry, int retries, Optional<Position> from, Optional<String> cause) {}
