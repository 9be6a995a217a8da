/**
 * Sweeps on Spark: the planner's assignments as units of a pool, and the winner trained once more. Depends on {@code search}, which decides, on {@code pool}, which runs, on {@code crossvalidation} for folds, and on {@code files} for
 * what paused trials keep.
 *
 * <p>Nested: {@code NestedSweep} runs a sweep inside each fold of a cross-validation, each with a planner and a journal of its own, all as one source of the pool ({@code NestedSource}), and then what
 * each chose on all training rows of its fold. A search sees the fold's training rows alone; the fold's own rows are in the one unit that scores what was chosen.
 *
 * <p>Decisions. Trials are trained by one replica each; what does not fit into one is trained by {@code train}. A unit whose executor died may have been killed by its neighbour there, so it is
 * tried once more, one such unit at a time; who loses two executors has failed.
 */
package dev.starling.driver.selection.sweep;
