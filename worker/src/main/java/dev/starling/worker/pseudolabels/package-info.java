/**
 * Labels for training rows that have none, by clusters. Depends on {@code data} and on Commons Math, whose k-means is seeded, runs inside any task and gives the same bits for the same rows; Spark's MLlib, which sums in the order in which
 * tasks end and cannot run inside a fold's task, does neither. All training rows lie in one JVM while they are clustered.
 */
package dev.starling.worker.pseudolabels;
