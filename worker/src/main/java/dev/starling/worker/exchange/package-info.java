/**
 * The means by which a gang averages. An {@code Exchange} is one replica's end of it; in one JVM replicas average through shared memory. The bits depend on ranks and
 * weights alone: {@code TreeMean} sums by a fixed tree. Depends on {@code memory}.
 */
package dev.starling.worker.exchange;
