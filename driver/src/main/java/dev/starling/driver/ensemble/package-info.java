/**
 * Stored models that predict as one: the mean of what each says of a row, of probabilities or of values in the target's own unit. Each member prepares a row by what was fitted on its own training rows. Depends on {@code data},
 * {@code evaluation}'s manner of summing by blocks, and the worker.
 */
package dev.starling.driver.ensemble;
