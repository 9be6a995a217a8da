package dev.starling.driver.selection.pool;

import java.io.Serializable;

/**
 * Why a unit failed.
 *
 * @param message stands alone
 * @param trace of the exception, for those who ask; empty where there is none
 */
public record UnitFailure(Cause cause, String message, String trace) implements Serializable {
    public enum Cause {
        /** What the experiment says does not fit the data or itself. */
        INVALID,
        /** The loss or a parameter is not finite any more. */
        NOT_FINITE,
        OUT_OF_MEMORY,
        /** The process that ran it is gone. */
        EXECUTOR_LOST,
        OTHER
    }
}
