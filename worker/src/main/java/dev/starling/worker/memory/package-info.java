/**
 * Flat float vectors outside the heap, which DL4J, native kernels and our own loops all read and write in place, and the arenas that own them. Native memory is freed by whoever made it, in a finally or
 * try-with-resources: a heap that hardly fills is hardly ever collected, and by then gigabytes are waiting. Depends on JavaCPP only.
 */
package dev.starling.worker.memory;
