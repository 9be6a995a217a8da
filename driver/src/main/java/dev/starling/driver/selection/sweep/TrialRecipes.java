package dev.starling.driver.selection.sweep;

import dev.starling.driver.selection.pool.Recipe;
import dev.starling.driver.selection.search.space.Point;

/** From a point of the space to what is trained. */
@FunctionalInterface
public interface TrialRecipes {
    /** @throws dev.starling.worker.InvalidInput if the point makes no valid experiment: a failed trial, with that message */
    Recipe at(Point point);
}
