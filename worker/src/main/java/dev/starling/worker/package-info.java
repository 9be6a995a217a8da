/**
 * All that happens inside one task: examples and batches, the network built from its spec, the step, the averaging, metrics
 * that merge. JDK, DL4J and {@code spark-network-common} only; no Spark core and no Hadoop, so that a test needs no session.
 *
 * <p>Reading order, the way of the data: {@code data} (rows, preparation, float blocks) → {@code network} (what is trained) →
 * {@code step} (a batch becomes a gradient) and {@code plan} (the fast one) → {@code optimizer} (a gradient changes the parameters) → {@code gang} (replicas that
 * step, average and repeat) and {@code exchange} (how they average) → {@code metrics} (what it came to). {@code memory} holds the flat vectors that all of them share, {@code loops} and
 * {@code vector} the element loops over them.
 */
package dev.starling.worker;
