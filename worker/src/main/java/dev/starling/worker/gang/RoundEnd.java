package dev.starling.worker.gang;

import dev.starling.worker.exchange.RoundReport;

/**
 * A round that is to end.
 *
 * @param mine what this replica has to report of it
 * @param weights examples of every rank in it
 * @param learningRate of its first step
 * @param last whether the epoch ends with it
 */
record RoundEnd(RoundReport mine, int[] weights, double learningRate, boolean last) {}
