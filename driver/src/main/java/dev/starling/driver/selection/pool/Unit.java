package dev.starling.driver.selection.pool;

import java.io.Serializable;

/**
 * One training by one replica, and what is wanted of it. The same unit gives the same bits on every slot, in every order, beside whatever else.
 *
 * @param id the source's, different for each unit that it hands out
 * @param label for messages: {@code fold 3}, {@code trial 17}
 * @param rows number of the {@link RowChoice} that it learns from and is scored on; equal numbers are the same choice
 * @param epochs which of the recipe's epochs it trains
 */
public record Unit(int id, String label, Recipe recipe, int rows, Span epochs, Wanted wanted) implements Serializable {
    /**
     * A run of epochs. A unit that does not begin with the first goes on from a state that another left behind, to the same bits as one that trains them all.
     *
     * @param from first epoch, counted from 0
     * @param to one past the last; early stopping may end it before
     * @param state URI of the file that a unit kept by {@link Wanted#state} after epoch {@code from}; empty where {@code from} is 0
     */
    public record Span(int from, int to, String state) implements Serializable {
        public Span {
            if (from < 0 || to <= from || (from > 0) == state.isEmpty()) {
                throw new IllegalArgumentException("Cannot train epochs " + from + " to " + to + " from state '" + state
                        + "' (expected at least one epoch, and a state where it is not the first)");
            }
        }

        public static Span all(int epochs) {
            return new Span(0, epochs, "");
        }
    }

    /**
     * What a unit tells and keeps. Metrics of its splits and the history are always told; models and states never pass through the driver.
     *
     * @param follow whether the source hears of each epoch, and may end the unit there
     * @param predictions whether the outputs for the scored rows come back
     * @param model URI of the folder that takes {@code model.zip}, for stock DL4J with its preparation; empty for none
     * @param state URI of the file that takes what a later unit needs to go on, unless all epochs of the recipe are trained or early stopping ended them; empty for none
     */
    public record Wanted(boolean follow, boolean predictions, String model, String state) implements Serializable {
        public static final Wanted METRICS = new Wanted(false, false, "", "");
    }
}
