package dev.starling.worker.exchange;

/**
 * What rides in a round's averaging: a replica's part, and merged over the ranks in their order the whole gang's.
 *
 * @param examples trained in the round: the weight of the averaging
 * @param lossSum sum of their losses, without penalties; not finite once any was not
 * @param stop whether someone asks the gang to stop after this round
 * @param checkpoint whether rank 0 asks for a checkpoint of the state after this round
 */
public record RoundReport(int examples, double lossSum, boolean stop, boolean checkpoint) {
    public static final RoundReport NONE = new RoundReport(0, 0, false, false);

    /**
     * This report of a rank.
     *
     * @param weights that all ranks took from the plan
     * @throws TrainingFailed if the rank trained something else
     */
    RoundReport checked(int rank, int[] weights) {
        if (examples != weights[rank]) {
            throw TrainingFailed.forGood("Cannot average: replica " + rank + " trained " + examples
                    + " examples in the round (expected " + weights[rank] + " by the plan)");
        }
        return this;
    }

    public RoundReport plus(RoundReport other) {
        return new RoundReport(
                examples + other.examples, lossSum + other.lossSum, stop || other.stop, checkpoint || other.checkpoint);
    }
}
