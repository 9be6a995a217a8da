/**
 * The gang: replicas that step, average and repeat. {@code Replica} is the loop on one page; an {@code Exchange} is the means by which a gang averages (in one
 * JVM through shared memory, by a fixed tree over ranks); a round's report carries example weights, losses and control (stop). Depends on every other package of this
 * module.
 */
package dev.starling.worker.gang;
