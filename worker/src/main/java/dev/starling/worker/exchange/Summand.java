package dev.starling.worker.exchange;

import java.util.Arrays;

/**
 * What one subtree of ranks gives to a sum.
 *
 * @param ranks a single rank's numbers are still to be weighed, sums are weighed already
 * @param values of the vector from {@code base}
 */
record Summand(Subtree ranks, Values values, int base) {
    /** Weight 0 reads nothing: what the rank holds cannot matter. */
    void load(Weights weights, int at, int length, float[] into) {
        float weight = ranks.isLeaf() ? weights.of(ranks.from()) : 1;
        if (weight == 0) {
            Arrays.fill(into, 0, length, 0);
            return;
        }
        values.get(at - base, into, length);
        if (weight != 1) {
            for (int i = 0; i < length; i++) {
                into[i] *= weight;
            }
        }
    }
}
