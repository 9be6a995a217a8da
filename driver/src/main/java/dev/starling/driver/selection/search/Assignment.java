package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.space.Point;

/**
 * A piece of a trial for one slot.
 *
 * @param trial from 0
 * @param part which of the trial's trainings, from 0: seeds × folds, the folds of a seed side by side
 * @param from epochs that this part has behind it
 * @param to epochs that it is to have behind it
 */
public record Assignment(int trial, int part, Point point, int from, int to) {}
