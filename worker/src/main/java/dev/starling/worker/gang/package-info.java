/**
 * The gang: replicas that step, average and repeat. {@code Replica} is the loop on one page; {@code Averaging} how a round ends, at once or beside the next round ({@code Overlapped}); the
 * means by which they average are {@code exchange}'s; a round's report
 * carries example weights, losses and control (stop). Depends on every other package of this module.
 */
package dev.starling.worker.gang;
