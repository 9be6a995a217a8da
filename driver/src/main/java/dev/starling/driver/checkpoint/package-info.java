/**
 * The training state of a run on the store, written by the replicas themselves and read by them: {@code CheckpointFolder} is what lies there, {@code GangCheckpoints} is one
 * replica's end of it. A checkpoint is a folder: {@code shared} (by rank 0: what all replicas have alike), {@code rank-00000} … (what is each one's own), {@code _COMMITTED}. Depends on
 * {@code files} and the worker.
 *
 * <p>Decisions: nothing of the size of a network passes the driver. All replicas write at once, each beside its training on a thread of its own; rank 0 looks for their files
 * in the store and then renames the folder as one, so no message of the gang waits for a disk. While one is being written no other begins. A state never changes
 * results, so its time may depend on the clock.
 */
package dev.starling.driver.checkpoint;
