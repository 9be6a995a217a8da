package dev.starling.worker.network;

/** What becomes of the values in a window. */
public enum Pooling {
    MAX,
    AVERAGE;

    String type(int axes) {
        return (this == MAX ? "maxPooling" : "averagePooling") + axes + "d";
    }
}
