/**
 * What a cluster gives: whether its master answers, what executors are asked for, whether they come. Looked at before a job waits for something that cannot happen. Depends on Spark, whose
 * standalone master is asked by the message that its own pages use; a master that does not understand it is not looked into.
 */
package dev.starling.driver.cluster;
