/**
 * A model's metrics over a split: fixed blocks of rows, each in the same batches, merged in the order of the blocks, so that the values depend neither on
 * slots nor on replicas. Depends on {@code data} and the worker.
 */
package dev.starling.driver.evaluation;
