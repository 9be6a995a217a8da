package dev.starling.worker.exchange;

import java.nio.ByteBuffer;

/**
 * What rides in a round's averaging: a replica's part, and merged over the ranks in their order the whole gang's.
 *
 * @param examples trained in the round: the weight of the averaging
 * @param lossSum sum of their losses, without penalties; not finite once any was not
 * @param stop whether someone asks the gang to stop after this round
 * @param checkpoint whether rank 0 asks for a checkpoint of the state after this round
 */
public record RoundReport(int examples, double lossSum, boolean stop, boolean checkpoint) {
    private static final int BYTES = Integer.BYTES + Double.BYTES + 1;
    private static final int STOP = 1;
    private static final int CHECKPOINT = 2;

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

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putInt(examples)
                .putDouble(lossSum)
                .put((byte) ((stop ? STOP : 0) | (checkpoint ? CHECKPOINT : 0)))
                .array();
    }

    static RoundReport fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int examples = in.getInt();
        double lossSum = in.getDouble();
        byte asks = in.get();
        return new RoundReport(examples, lossSum, (asks & STOP) != 0, (asks & CHECKPOINT) != 0);
    }
}
