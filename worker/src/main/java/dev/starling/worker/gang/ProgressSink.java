package dev.starling.worker.gang;

/** Where a replica tells how far the gang is. Called on the training thread once a round and epoch: it must return at once. */
public interface ProgressSink {
    /**
     * @param epoch from 1
     * @param round of the epoch, from 1
     * @param examples trained by the whole gang since the epoch began
     * @param loss running mean over the epoch, without penalties
     */
    void round(int epoch, int round, long examples, double loss);

    /** An epoch ended. */
    void epoch(EpochReport report);

    /** Tells nobody. */
    ProgressSink NONE = new ProgressSink() {
        @Override
        public void round(int epoch, int round, long examples, double loss) {}

        @Override
        public void epoch(EpochReport report) {}
    };
}
