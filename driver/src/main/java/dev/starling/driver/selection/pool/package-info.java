/**
 * Independent trainings side by side: a {@code UnitSource} in the driver hands out units (a fold, a trial, a trial × fold, a bootstrap member), long Spark tasks, one per slot, ask for them,
 * train each by one replica on rows that their JVM holds once, and report. What to run next is the source's to decide; what runs where is the pool's. Depends on {@code data},
 * {@code training} for its codec, {@code store} for what units keep, and the worker.
 *
 * <p>Decision: a unit that fails is a value for its source, never a failure of the Spark task; an executor that dies takes only the units it was running with it.
 */
package dev.starling.driver.selection.pool;
