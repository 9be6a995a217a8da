package dev.starling.driver.selection.folds;

/**
 * One division of the rows.
 *
 * @param repeat from 1
 * @param number of the fold in its repeat, from 1
 * @param train numbers of the rows learned from, rising; a number that stands twice counts twice
 * @param scored numbers of the rows scored, rising; none of them is learned from
 */
public record Fold(int repeat, int number, int[] train, int[] scored) {}
