package dev.starling.worker.optimizer;

import dev.starling.worker.network.Penalty;

/**
 * What happens to the values of a segment in one step besides the rule.
 *
 * @param penalty whose gradient is added first
 * @param scale then multiplies the gradient; 1 = nothing is clipped by its norm
 * @param limit then cuts the gradient to [−limit, limit]; infinite = nothing is cut
 * @param decay w ← w − decay·w before the rule; 0 = none
 */
public record Treatment(Penalty penalty, float scale, float limit, float decay) {}
