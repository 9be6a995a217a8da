package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.pool.UnitResult;
import dev.starling.driver.selection.search.Assignment;

/** Keeps what trials come to. */
@FunctionalInterface
public interface TrialResults {
    /** Kept when this returns, as the planner hears of it only then. One call at a time, on threads of the pool. */
    void keep(Assignment assignment, UnitResult result);
}
