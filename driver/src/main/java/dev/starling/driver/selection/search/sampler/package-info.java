/**
 * How a sweep chooses its next point: {@code Search} names the ways, a {@code Sampler} is one of them on a space. What is chosen is a function of the seed, the trial's number and what is
 * known, and of nothing else: there is no generator to keep, and a sweep that is resumed goes on as if it had not been interrupted. Depends on {@code space}.
 *
 * <p>Decision: the tree-structured Parzen estimator is ours, since no Java library was found that is kept; no Gaussian process, which would cost the cube of the number of trials and
 * knows no conditional parameters.
 */
package dev.starling.driver.selection.search.sampler;
