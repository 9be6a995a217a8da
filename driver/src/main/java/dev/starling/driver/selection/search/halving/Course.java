package dev.starling.driver.selection.search.halving;

import java.util.Optional;

/** Decides how many epochs each trial gets. Not thread-safe. */
public interface Course {
    /** After how many epochs a new trial is first looked at. */
    int first(int trial);

    /**
     * A trial has come as far as it was to.
     *
     * @param epochs as {@link #first} or {@link Stage#to} said, also where the trial ended itself before
     * @param losses of all its epochs, smaller is better; not empty
     */
    Verdict reached(int trial, int epochs, double[] losses);

    /** The trial that is to go on now, if one is; nothing changes until {@link #resumed}. */
    Optional<Stage> next();

    /** A trial goes on as {@link #next} said. */
    void resumed(Stage stage);

    enum Verdict {
        /** All epochs are done. */
        FINISHED,
        /** It will not go on. */
        STOPPED,
        /** It may go on later. */
        PAUSED
    }

    /** Up to which epoch a trial goes on. */
    record Stage(int trial, int to) {}
}
