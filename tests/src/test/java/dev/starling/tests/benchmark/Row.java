package dev.starling.tests.benchmark;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One row of a table: what is asked of whom.
 *
 * @param key unique, words with dots: what scripts and requirements call it
 * @param label what the table calls it
 * @param request line for the contender
 * @param reading what the contender's numbers mean: a rate or a time, then, if it tells them, shares of averaging
 * @param note how it was measured
 */
record Row(
        String key, String label, Contender contender, String request, UnaryOperator<double[]> reading, String note) {
    /** A row whose contender tells the numbers themselves. */
    Row(String key, String label, Contender contender, String request, String note) {
        this(key, label, contender, request, UnaryOperator.identity(), note);
    }

    /** Empty if it does not run here. */
    Optional<double[]> measure() {
        return contender.ask(request).map(reading);
    }
}
