/**
 * Training on Spark: one barrier stage in which each task is a replica ({@code dev.starling.worker.gang.Replica}) through all epochs. {@code Trainer} is
 * the way in; {@code ReplicaTask} is what a task runs; a failure of training comes back as a value, so that Spark repeats nothing that would fail
 * again. While it runs, rank 0 tells the driver of its progress over a connection of its own, and learns there whether to stop. Depends on {@code data} and the worker.
 *
 * <p>Decision: replicas average within one JVM. A gang that Spark spreads over several executors is refused at its start, with a clear message.
 */
package dev.starling.driver.training;
