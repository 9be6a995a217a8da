package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Point;

/** Chooses points. Immutable: the same arguments give the same point. */
@FunctionalInterface
public interface Sampler {
    /** @param trial from 0 */
    Point sample(int trial, Knowledge knowledge);
}
