package dev.starling.worker.gang;

import dev.starling.worker.exchange.RoundReport;
import dev.starling.worker.memory.FlatVector;

/**
 * A merged report that waits for its round's mean to be taken in, in a vector of small whole numbers, as a checkpoint holds it: examples and the loss's bits in pieces of
 * 16, then the flags. All 0 is none.
 */
final class LateReport {
    private static final int EXAMPLES = 0;
    private static final int LOSS = 2;
    private static final int STOP = 6;
    private static final int CHECKPOINT = 7;

    private final FlatVector vector = FlatVector.allocate(8);

    FlatVector vector() {
        return vector;
    }

    boolean isEmpty() {
        return number(EXAMPLES, 2) == 0;
    }

    /** @param report of at least one example */
    void put(RoundReport report) {
        number(EXAMPLES, 2, report.examples());
        number(LOSS, 4, Double.doubleToLongBits(report.lossSum()));
        number(STOP, 1, report.stop() ? 1 : 0);
        number(CHECKPOINT, 1, report.checkpoint() ? 1 : 0);
    }

    /** Forgets the wish for a checkpoint, where one is taken already. */
    void dropCheckpoint() {
        number(CHECKPOINT, 1, 0);
    }

    /** What was put, or none; none is left. */
    RoundReport take() {
        RoundReport report = new RoundReport(
                (int) number(EXAMPLES, 2),
                Double.longBitsToDouble(number(LOSS, 4)),
                number(STOP, 1) == 1,
                number(CHECKPOINT, 1) == 1);
        vector.zero();
        return report;
    }

    private long number(int at, int pieces) {
        long value = 0;
        for (int i = 0; i < pieces; i++) {
            value |= (long) vector.floats().get(at + i) << (16 * i);
        }
        return value;
    }

    private void number(int at, int pieces, long value) {
        for (int i = 0; i < pieces; i++) {
            vector.floats().put(at + i, (float) ((value >>> (16 * i)) & 0xFFFF));
        }
    }
}
