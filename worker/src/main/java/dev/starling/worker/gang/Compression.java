package dev.starling.worker.gang;

/** How floats go over the wire in an averaging. */
public enum Compression {
    /** As they are, 4 bytes. */
    NONE,
    /** Rounded to 2 bytes, in one JVM too; what rounding took is added to the next round's (error feedback). */
    FP16
}
