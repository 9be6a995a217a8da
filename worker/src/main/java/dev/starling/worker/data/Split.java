package dev.starling.worker.data;

/** Which part of the data a row belongs to. */
public enum Split {
    TRAIN("train"),
    VALIDATION("validation"),
    TEST("test");

    private final String label;

    Split(String label) {
        this.label = label;
    }

    /** As metrics.json and history.csv write it. */
    public String label() {
        return label;
    }
}
