package dev.starling.worker.exchange;

import dev.starling.worker.memory.FlatVector;

/**
 * A part of what a replica knows beyond its seed and its position: what a checkpoint must hold for training to continue to the bit.
 *
 * @param name distinct within a replica, the same in all; letters and digits
 * @param vector the living one: read when a checkpoint is taken, written when one is restored, on the replica's thread
 * @param shared whether it is equal in all ranks just after an averaging: rank 0 then writes it for all, else each rank writes its own
 */
public record StateVector(String name, FlatVector vector, boolean shared) {}
