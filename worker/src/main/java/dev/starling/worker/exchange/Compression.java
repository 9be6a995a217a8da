package dev.starling.worker.exchange;

/** How the parameters travel in an averaging; what else is averaged goes in full. */
public enum Compression {
    /** As they are, 4 bytes. */
    NONE,
    /** What changed since the last averaging, rounded to 2 bytes, in one JVM too; what rounding took is added to the next round's (see {@link HalfTrack}). */
    FP16
}
