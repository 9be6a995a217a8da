package dev.starling.tests.course;

import java.nio.file.Path;

/**
 * A row of the course's table.
 *
 * @param name of the experiment
 * @param expected in words
 * @param judge of its run
 */
record Exercise(String name, String expected, Judge judge) {
    /** Looks into a finished run; may run the experiment again, by other seeds say. */
    interface Judge {
        Finding of(Courses courses, Path run);
    }

    /** What was found, and whether it is as expected. */
    record Finding(String text, boolean good) {}
}
