/** Flat float vectors outside the heap, which DL4J, native kernels and our own loops all read and write in place. Depends on JavaCPP only. */
package dev.starling.worker.memory;
