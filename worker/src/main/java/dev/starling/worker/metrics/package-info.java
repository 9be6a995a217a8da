/** Sums over examples that merge, and the metrics that they come to, divided once at the end. Depends on the JDK, {@code network} (loss) and {@code data} (target). */
package dev.starling.worker.metrics;
