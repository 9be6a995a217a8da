package dev.starling.driver.selection.search;

import dev.starling.driver.selection.search.space.Point;
import java.time.Instant;
import java.util.List;

/** Something that happened to a sweep: a line of its journal. Times are the driver's. */
public sealed interface SweepEvent {
    Instant time();

    /** A session begins; what an earlier one was running is interrupted. */
    record Opened(Instant time) implements SweepEvent {}

    /** An event of one trial. */
    sealed interface OfTrial extends SweepEvent {
        int trial();
    }

    /** A trial is given its point some time before it begins. */
    record Planned(Instant time, int trial, Point point) implements OfTrial {}

    /**
     * A trial runs, for the first time or again.
     *
     * @param from epochs behind it
     * @param to epochs that it is to have behind it
     */
    record Started(Instant time, int trial, Point point, int from, int to) implements OfTrial {}

    /** A trial has trained as far as it was to, or failed. */
    sealed interface Ended extends OfTrial {}

    /**
     * A trial waits: whether it goes on depends on others.
     *
     * @param epochs as {@link Started#to} said
     * @param values of the objective after each epoch since it was started, the mean over its parts
     * @param seconds on slots since then, of all parts together
     */
    record Paused(Instant time, int trial, int epochs, List<Double> values, double seconds) implements Ended {
        public Paused {
            values = List.copyOf(values);
        }
    }

    /**
     * A trial is over.
     *
     * @param epochs as {@link Started#to} said
     * @param values as {@link Paused}
     * @param stopped whether it was ended early, as a bad one
     */
    record Finished(Instant time, int trial, int epochs, List<Double> values, double seconds, boolean stopped)
            implements Ended {
        public Finished {
            values = List.copyOf(values);
        }
    }

    /** A trial broke; {@code cause} stands alone. */
    record Failed(Instant time, int trial, String cause) implements Ended {}
}
