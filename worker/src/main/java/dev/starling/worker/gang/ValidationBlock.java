package dev.starling.worker.gang;

/**
 * The validation rows of one block of the data.
 *
 * @param number the block's
 */
public record ValidationBlock(int number, Examples examples) {}
