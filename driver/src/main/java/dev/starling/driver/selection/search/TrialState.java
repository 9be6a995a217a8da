package dev.starling.driver.selection.search;

/** Where a trial stands. */
public enum TrialState {
    /** Has its point, and has not begun. */
    PLANNED("planned"),
    RUNNING("running"),
    /** Was running when the driver ended; will run again. */
    INTERRUPTED("interrupted"),
    PAUSED("paused"),
    FINISHED("finished"),
    /** Ended early, as a bad one. */
    STOPPED("stopped"),
    FAILED("failed");

    private final String label;

    TrialState(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
