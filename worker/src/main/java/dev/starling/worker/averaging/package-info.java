/**
 * When a gang averages and what it makes of a mean: {@code AveragingSpec} is the closed choice of the experiment file. Knows nothing of gangs and exchanges: it acts
 * on a replica's vectors alone. Depends on {@code memory} and {@code network}.
 */
package dev.starling.worker.averaging;
