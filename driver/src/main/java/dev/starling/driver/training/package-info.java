/**
 * Training on Spark: one barrier stage in which each task is a replica ({@code dev.starling.worker.gang.Replica}) through all epochs. {@code Trainer} is
 * the way in; {@code ReplicaTask} is what a task runs; a failure of training comes back as a value, so that Spark repeats nothing that would fail
 * again. While it runs, rank 0 tells the driver of its progress over a connection of its own, and learns there whether to stop. A failure that may pass ends an attempt, and {@code Attempts} makes another from the last checkpoint.
 * Depends on {@code data}, {@code checkpoint} and the worker.
 *
 * <p>Decision: the barrier serves once, at the start, for replicas to learn each other's addresses ({@code Meeting}); from then on they average by connections of their own,
 * within one executor through shared memory, and nothing as large as the parameters passes the driver before the end.
 */
package dev.starling.driver.training;
