/**
 * When a gang averages and what it makes of a mean: {@code AveragingSpec} is the closed choice of the experiment file. An {@code OuterOptimizer} is an optimiser over
 * means, its rules ({@code SlowMoRule}, {@code DiLoCoRule}) each beside its paper's formula. Knows nothing of gangs and exchanges: it acts on a replica's vectors alone. Depends on
 * {@code memory}, {@code network} and {@code optimizer}.
 */
package dev.starling.worker.averaging;
