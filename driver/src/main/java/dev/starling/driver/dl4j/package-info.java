/**
 * Starling's replicas for programs written for Deeplearning4j's own Spark classes: {@code StarlingTrainingMaster} stands where {@code ParameterAveragingTrainingMaster} did. A fit is one
 * shuffle, which deals the examples evenly and in a fixed order, and one barrier stage, in which each task is a replica ({@code dev.starling.worker.dl4j.FitReplica}). Depends on dl4j-spark, {@code cluster},
 * {@code training} for how replicas meet, and the worker, and asks nothing of the user's session: only byte arrays cross Spark.
 *
 * <p>Decision: an iteration is a replica's local step, as DL4J counts, from which both its schedules and its Adam take their t: a gang's fit of an epoch moves the count by the batches of its
 * longest part, and one worker counts as one machine does.
 */
package dev.starling.driver.dl4j;
