package dev.starling.worker.dl4j;

import java.io.Serializable;

/**
 * What a replica did in one fit.
 *
 * @param iterations the network's count now
 * @param score of the last batch, penalties included
 * @param lastExamples in the last batch; 0 if the replica had none
 * @param begunMillis when, since 1970
 * @param loadingNanos getting its examples
 * @param trainingNanos in local steps
 * @param averagingNanos in averaging, waiting included
 * @param waitingNanos of them, for peers
 * @param step how batches were trained, for a log
 */
public record FitOutcome(
        long examples,
        int batches,
        int rounds,
        int iterations,
        double score,
        int lastExamples,
        long begunMillis,
        long loadingNanos,
        long trainingNanos,
        long averagingNanos,
        long waitingNanos,
        String step)
        implements Serializable {}
