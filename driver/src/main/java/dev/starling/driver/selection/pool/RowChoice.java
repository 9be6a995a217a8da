package dev.starling.driver.selection.pool;

/**
 * Which rows of the data a unit uses, by their numbers in the order of the data. Arrays are not copied and must not change.
 *
 * @param train what it learns from, and what its preparation is fitted on, in the order in which its replica counts them; a number that stands twice counts twice
 * @param validation what its epochs are watched by; may be empty
 * @param scored what the final model is scored on, the unit's test rows; may be empty
 */
public record RowChoice(int[] train, int[] validation, int[] scored) {}
