/**
 * Sweeps on Spark: the planner's assignments as units of a pool, and the winner trained once more. Depends on {@code search}, which decides, on {@code pool}, which runs, on {@code crossvalidation} for folds, and on {@code files} for
 * what paused trials keep.
 *
 * <p>Decisions. Trials are trained by one replica each; what does not fit into one is trained by {@code train}. A unit whose executor died may have been killed by its neighbour there, so it is
 * tried once more, one such unit at a time; who loses two executors has failed.
 */
package dev.starling.driver.selection.sweep;
