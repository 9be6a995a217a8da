package dev.starling.jobs.experiment.tree;

import java.util.function.DoublePredicate;

/**
 * Which numbers a key takes.
 *
 * @param words how an error tells it after "a number": {@code , at least 1}
 */
public record Range(String words, DoublePredicate holds) {
    public static final Range ANY = new Range("", x -> true);
    /** [0, 1): rates, momenta. */
    public static final Range RATE = new Range(", from 0 to below 1", x -> x >= 0 && x < 1);
    /** (0, 1): parts of a whole. */
    public static final Range FRACTION = new Range(" between 0 and 1", x -> x > 0 && x < 1);
    /** [0, 1]. */
    public static final Range SHARE = new Range(", from 0 to 1", x -> x >= 0 && x <= 1);

    public static final Range POSITIVE = new Range(" above 0", x -> x > 0);
    public static final Range NOT_NEGATIVE = atLeast(0);
    /** Sizes and counts. */
    public static final Range COUNT = atLeast(1);

    public static Range atLeast(long low) {
        return new Range(", at least " + low, x -> x >= low);
    }

    public static Range from(long low, long high) {
        return new Range(", from " + low + " to " + high, x -> x >= low && x <= high);
    }
}
