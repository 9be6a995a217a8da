package dev.starling.worker.gang;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.exchange.Exchange;
import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.exchange.StateVector;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import java.util.List;

/** How the vectors of one replica are averaged with its gang's at the end of each round. Used by the replica's thread. */
sealed interface Averaging extends AutoCloseable permits NoAveraging, AtOnce, Overlapped {
    /** As the spec says, of vectors that are the same in every rank now, the parameters first. */
    static Averaging of(
            Exchange exchange, List<FlatVector> vectors, List<ParameterBlock> blocks, TrainingSpec training) {
        AveragingSpec spec = training.averaging();
        if (exchange.ranks() == 1 && !spec.hasOuter()) {
            return new NoAveraging();
        }
        Arena arena = new Arena();
        return training.overlap()
                ? new Overlapped(
                        exchange,
                        vectors,
                        blocks,
                        spec,
                        training.compression(),
                        new LateCorrection(blocks, training.optimizer()),
                        arena)
                : new AtOnce(
                        exchange,
                        new AveragedVectors(vectors, blocks, spec, exchange.ranks(), arena),
                        training.compression(),
                        arena);
    }

    /** Shows the exchange what is averaged; once, before the first round. */
    void join();

    /**
     * Ends a round. After the last round of an epoch, and after one whose report says stop, what is averaged is equal in all ranks.
     *
     * @param steps that this replica did in it
     * @return what the gang reported since this method returned last: of this round, or late of those before it; the same in all ranks
     * @throws TrainingFailed as {@link Exchange#average}
     */
    RoundReport end(RoundEnd round, long steps);

    /** Whether what is averaged is equal in all ranks after every round. */
    boolean makesEqual();

    /** What it keeps from round to round beside what is averaged; what is under way is settled first, so a checkpoint asks just before it reads. */
    List<StateVector> state();

    /** Goes on from a checkpoint, once all vectors hold what it held. */
    void resume();

    /** Nanoseconds that the replica's thread has waited for peers. */
    long waitingNanos();

    @Override
    void close();
}
