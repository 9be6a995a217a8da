package dev.starling.worker.gang;

import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.exchange.TrainingFailed;
import java.util.List;
import java.util.Optional;

/**
 * Where the state of a gang is kept while it trains, and what it goes on from. One per replica, used by its thread. It never changes what is computed: all decisions of
 * when are rank 0's, and ride in the rounds' reports.
 */
public interface Checkpoints extends AutoCloseable {
    /** What training goes on from; empty where it begins. */
    Optional<Saved> saved();

    /**
     * Asked in every replica once a round; rank 0's answer counts for all.
     *
     * @param endsEpoch whether the round is the last of an epoch that another one follows
     * @throws TrainingFailed if an earlier state could not be kept
     */
    boolean isDue(boolean endsEpoch);

    /** Keeps a copy; the vectors may change again when it returns. */
    void save(Snapshot snapshot);

    /** Gives up what is being written: training has ended, or will go on from what is there. */
    @Override
    default void close() {}

    /**
     * The state of a replica.
     *
     * @param position of the gang
     * @param common what all replicas know alike
     * @param own what is this replica's alone
     * @param vectors beside them
     */
    record Snapshot(Position position, byte[] common, byte[] own, List<StateVector> vectors) {}

    /** A state to go on from. */
    interface Saved {
        Position position();

        byte[] common();

        /** This replica's own part; where another number of replicas made the state, the parts of all of them, in the order of ranks. */
        List<byte[]> own();

        /**
         * Fills vectors by their names, each from where it was kept; where another number of replicas made the state, one that was not shared with the mean over them.
         *
         * @throws RuntimeException if the state is damaged; the vectors then hold anything
         */
        void restore(List<StateVector> vectors);
    }

    /** Keeps nothing. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public Optional<Saved> saved() {
            return Optional.empty();
        }

        @Override
        public boolean isDue(boolean endsEpoch) {
            return false;
        }

        @Override
        public void save(Snapshot snapshot) {}
    };
}
