/**
 * Cross-validation: folds as units of a pool, nested or not, and what they come to: mean, spread and corrected interval, out-of-fold predictions with what is pooled over them, and the corrected
 * comparison of two. Where folds are bootstrap samples their models are an ensemble ({@code bagging}). Depends on {@code folds}, {@code bagging}, {@code pool}, {@code store} for the values that are kept, and the worker.
 *
 * <p>Decisions. Every fold trains by a seed of its own, so that the spread over folds holds that of the initial weights. A fold's validation rows come from its training rows alone. Nested
 * without a sweep, the inner folds choose the number of epochs, the one thing that an experiment leaves open.
 */
package dev.starling.driver.selection.crossvalidation;
