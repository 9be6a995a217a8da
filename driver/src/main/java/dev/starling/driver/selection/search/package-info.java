/**
 * A sweep: {@code SweepSpec} says what is searched, {@code SweepPlanner} hands out {@code Assignment}s and takes their results, {@code SweepEvent}s are all that ever happened to it. No Spark in
 * here and no clock but the one given, so that what drives thousands of slots is tested without any. {@code space} is what is searched, {@code sampler} chooses points, {@code halving} gives up
 * bad trials early.
 *
 * <p>Decision: a sweep is its journal. Every change of the planner is an event, written before anything comes of it, and the same events give the same planner again; so a sweep that was
 * killed goes on without running a finished trial twice. With one slot the same seed gives the same trials.
 */
package dev.starling.driver.selection.search;
