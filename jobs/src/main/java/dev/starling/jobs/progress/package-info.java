/**
 * How a training is going, told on standard error: a bar where that is a terminal, else a line per epoch. Values in, text out; depends on {@code driver.training} for
 * what it is told.
 */
package dev.starling.jobs.progress;
