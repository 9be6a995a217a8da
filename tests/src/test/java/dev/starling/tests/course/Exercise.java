package dev.starling.tests.course;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

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

    static Exercise atMost(String name, String pointer, double most) {
        return between(name, pointer, 0, most, pointer + " at most " + most);
    }

    static Exercise atLeast(String name, String pointer, double least) {
        return between(name, pointer, least, Double.MAX_VALUE, pointer + " at least " + least);
    }

    static Exercise between(String name, String pointer, double least, double most) {
        return between(name, pointer, least, most, pointer + " between " + least + " and " + most);
    }

    static Exercise between(String name, String pointer, double least, double most, String expected) {
        return new Exercise(name, expected, (courses, run) -> {
            double found = Courses.value(run, pointer);
            return new Finding(show(found), found >= least && found <= most);
        });
    }

    /** Four places each. */
    static String show(double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.4f", value))
                .collect(Collectors.joining(" "));
    }
}
