package dev.starling.driver.training;

import dev.starling.worker.gang.EpochReport;

/** Who wants to know how training goes, in the driver, while it goes. Called on a thread of the transport, one call at a time. */
public interface ProgressListener {
    /** At most about five times a second. */
    void round(RoundProgress progress);

    /** An epoch ended. */
    void epoch(EpochReport report);

    /** An attempt at training begins; told on the thread that trains. */
    default void attempt(Attempt attempt) {}

    /** Asked whenever the gang tells something; once true, training ends after the round in which the gang learns of it. */
    default boolean stopRequested() {
        return false;
    }

    ProgressListener NONE = new ProgressListener() {
        @Override
        public void round(RoundProgress progress) {}

        @Override
        public void epoch(EpochReport report) {}
    };

    /**
     * Where the gang is.
     *
     * @param epoch from 1
     * @param round of the epoch, from 1
     * @param examples trained by the whole gang since the epoch began
     * @param examplesPerEpoch of the whole gang
     * @param loss running mean over the epoch, without penalties
     * @param examplesPerSecond of the whole gang since the epoch began
     */
    record RoundProgress(
            int epoch,
            int epochs,
            int round,
            int rounds,
            long examples,
            long examplesPerEpoch,
            double loss,
            double examplesPerSecond) {}
}
