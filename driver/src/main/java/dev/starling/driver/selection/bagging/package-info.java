/**
 * Several models of bootstrap samples as one: what their mean predicts, and how their error divides into bias² and variance. Pure: predictions in, values out. Depends on the pool's predictions and the
 * worker's metrics.
 *
 * <p>Decision: bagging is a way of cross-validating, {@code crossValidation: {bootstrap: 20}}, and no section or command of its own. A sample is a fold whose training rows are drawn with replacement and whose scored rows
 * are those that were not drawn, so that the out-of-bag error is what {@code cross-validate} estimates anyway; and units, journal-free resume, folders, kept models, comparison with another experiment and the objective of a
 * sweep ({@code mean.…}) come with it. {@code train} would have to store many models where every reader of a run expects one.
 *
 * <p>Decision: the mean of probabilities or values, as the course's notes define bagging ("the average of all hypotheses"), and no majority vote. bias², variance and error are means over rows and outputs; for classes
 * the outputs are probabilities and the target is 1 for the row's class, else 0, so that the error is Brier's.
 */
package dev.starling.driver.selection.bagging;
