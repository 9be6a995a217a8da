/**
 * From gradient to parameters: the update rules over flat vectors, each beside its formula, learning-rate schedules, penalties and
 * clipping. The state is one flat vector of {@code stateVectors} × parameters floats, the same for every kind of step. Depends on {@code memory} and
 * {@code network} (parameter blocks).
 */
package dev.starling.worker.optimizer;
