/**
 * How far a trial goes: {@code EarlyTermination} names the ways, a {@code Course} is one of them at work. No way waits for others: a trial pauses at a rung, and goes on as soon as what is
 * known says so. A course learns from what it is told, in that order, and from nothing else, so that a journal gives it back. Depends on {@code space} for its flaws alone.
 */
package dev.starling.driver.selection.search.halving;
