/**
 * What a sweep searches: a {@code Space} of parameters, each a path of the experiment and a {@code Dimension} of values; a choice may hold parameters of its own, which
 * exist only where it was chosen. A {@code Point} is one value for each parameter that exists. Every dimension maps [0, 1] onto its values, so that a sampler is a way
 * to draw numbers. Depends on nothing but {@code InvalidInput}.
 */
package dev.starling.driver.selection.search.space;
