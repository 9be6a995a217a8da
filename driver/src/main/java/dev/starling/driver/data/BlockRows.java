package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;

/**
 * Some rows of a block, as they were read. Not for shipping: it lives inside a task.
 *
 * @param rows their places in the block, rising
 */
public record BlockRows(RawBlock block, int[] rows) {}
