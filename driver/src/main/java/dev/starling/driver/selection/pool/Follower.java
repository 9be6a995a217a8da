package dev.starling.driver.selection.pool;

import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.ProgressSink;
import java.util.ArrayList;
import java.util.List;

/** Hears of a unit's epochs; asks the driver after each whether the unit goes on, where it is followed. */
final class Follower implements ProgressSink {
    /** Ends a replica at an epoch's end, as no answer of its own can: what it is asked once a round would cost it a round of the next epoch. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        enum Reason {
            /** All epochs of this unit are trained, though not all of the training. */
            PAUSE,
            /** The source wanted no more. */
            REQUEST
        }

        private final Reason reason;

        Ended(Reason reason) {
            super("the unit ends here", null, false, false);
            this.reason = reason;
        }

        Ending ending() {
            return reason == Reason.PAUSE ? Ending.COMPLETED : Ending.REQUESTED;
        }
    }

    private final boolean follows;
    private final Line line;
    private final List<EpochReport> history = new ArrayList<>();

    Follower(boolean follows, Line line) {
        this.follows = follows;
        this.line = line;
    }

    @Override
    public void round(int epoch, int round, long examples, double loss) {}

    @Override
    public void epoch(EpochReport report) {
        history.add(report);
        line.check();
        if (follows && !line.epoch(report)) {
            throw new Ended(Ended.Reason.REQUEST);
        }
    }

    List<EpochReport> history() {
        return history;
    }
}
