package dev.starling.jobs.progress;

/**
 * Where a training is in the middle of an epoch.
 *
 * @param epoch from 1
 * @param round of the epoch, from 1
 * @param examplesPerSecond of the whole gang in this epoch so far
 * @param loss mean over the epoch's examples so far
 * @param secondsLeft until the last epoch ends, at this rate; not known where negative
 */
record Now(int epoch, int epochs, int round, int rounds, double examplesPerSecond, double loss, double secondsLeft) {}
