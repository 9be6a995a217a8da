/**
 * Connections between the JVMs of a gang, over Spark's own transport ({@code spark-network-common}), which {@code spark.authenticate} and AES guard as they guard Spark's:
 * one connection per pair. Pieces of vectors travel as streams straight from and into their memory; small messages, beats and failures in order with them. What a piece
 * means is the listener's business. Depends on nothing of this module.
 *
 * <p>Decision: a JVM's beats come from a timer of its own, so a peer whose replicas are in a long step is alive, and one that is frozen, cut off or dead is not: nothing
 * comes from it for the given time, or its connection breaks, and the listener hears who it was. A JVM that was frozen itself gives its peers that time anew.
 */
package dev.starling.worker.wire;
