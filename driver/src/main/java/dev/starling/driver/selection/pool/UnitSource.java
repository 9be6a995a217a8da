package dev.starling.driver.selection.pool;

import dev.starling.worker.gang.EpochReport;

/** Who decides what a pool runs. Called in the driver, one call at a time, on threads of the pool: answer soon. */
public interface UnitSource {
    /**
     * A slot is free.
     *
     * @param slot from 0
     */
    Answer next(int slot);

    /** The rows behind a number of {@link Unit#rows}; asked once or a few times per executor, not per unit. */
    RowChoice rows(int number);

    /** A unit has begun on a slot and ended well. */
    void finished(Unit unit, UnitResult result);

    /** A unit threw, turned NaN, ran out of memory or lost its executor. It is not tried again unless the source hands it out again. */
    void failed(Unit unit, UnitFailure failure);

    /**
     * An epoch of a unit that is followed has ended.
     *
     * @return whether it goes on; if not it ends here, with the ending REQUESTED
     */
    default boolean epoch(Unit unit, EpochReport report) {
        return true;
    }

    sealed interface Answer {
        record Run(Unit unit) implements Answer {}

        /** Nothing now, but something may come of what is running; the slot asks again soon. */
        record Wait() implements Answer {}

        /** Nothing any more for this slot. */
        record Done() implements Answer {}
    }
}
