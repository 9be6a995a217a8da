/**
 * Which rows are scored and which are learned from, fold by fold. Pure: rows, their classes, groups and order in, row numbers out, by seed and data alone. Depends on {@code driver.data} for the rows'
 * facts and on the worker's permutations.
 */
package dev.starling.driver.selection.folds;
