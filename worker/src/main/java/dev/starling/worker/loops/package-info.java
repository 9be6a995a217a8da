/**
 * Element loops over flat vectors, for the kernels of the planned step; the optimiser and the averaging have loops of their own, chosen here too where there are two. {@code ChunkLoops} copies small chunks to the heap, where C2 vectorises;
 * {@code dev.starling.worker.vector.VectorLoops} does the same by the Vector API when the JVM has the module. {@code LoopsChoice} decides once. Depends on {@code memory}.
 */
package dev.starling.worker.loops;
