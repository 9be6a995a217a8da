/**
 * Replicas of networks that a user made with Deeplearning4j itself, of both classes, trained by Deeplearning4j's own fit: what {@code StarlingTrainingMaster}
 * runs in a task. {@code FitReplica} is the loop on one page; examples come as frames of raw bytes, dealt one by one and put together to batches of exactly the
 * size that was asked for. Depends on {@code exchange}, {@code gang}, {@code network}, {@code memory} and {@code data}.
 *
 * <p>Decision: a configuration travels by Java serialization, as in DL4J Spark, and not as JSON, in which a user's own activation or schedule cannot be read back.
 */
package dev.starling.worker.dl4j;
