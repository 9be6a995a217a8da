/**
 * From gradient to parameters: learning-rate schedules, penalties, clipping and the update rules over flat vectors, each rule a class beside its formula
 * ({@code Adam}, {@code Momentum}, …). {@code Optimizer} says what happens in which order; {@code UpdateLoop} is how it runs over memory, the place for
 * another kind of loop. A new rule is a record in {@code OptimizerSpec}, a class and a line in {@code UpdateRule.of}. The state is one flat vector of
 * {@code stateVectors} × parameters floats, the same for every kind of step; DL4J's own updater view is not used, for it is cut in pieces at every batch normalisation
 * and stock formulas differ from the contract's. Depends on {@code memory} and {@code network} (parameter blocks).
 */
package dev.starling.worker.optimizer;
